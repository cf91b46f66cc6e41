"""Tables in Word: the kit's own, the cards, and grids made from HTML; all of fixed width on a portrait page."""

from __future__ import annotations

import re
from collections.abc import Callable

from kit.report.columns import Page, fitted_widths, named
from kit.report.docx import styles
from kit.report.docx.markup import TEXT_WIDTH, Cell, gap, paragraph, row, run, shares, table, written
from kit.report.plain import STATUS_MARKS, target

_NUMBER = re.compile(r"([-+−–]?[\d.]+)(,\d+)?( ?%)?")
_LONG = 600  # letters in a cell from which its row may break over pages
_TOTAL = '<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>'
_HEAD = '<w:shd w:val="clear" w:color="auto" w:fill="E5E5E5"/>'
_BOLD = "<w:b/><w:bCs/>"
_PADDING = 190  # twips: the margins of a cell and a little more
_TWIPS, _SLACK = 20, 1.26  # of a point; the room for a word, in that it needs in the families of the reports
_SHORT = 8  # rows
_KEEP_NEXT = "<w:keepNext/>"
_MOST_COLUMNS = 63  # Word opens no table that has more; its cells are then paragraphs
_GRID_STYLES = ((6, "KitCell"), (10, "KitSmallCell"), (16, "KitFineCell"), (10_000, "KitTinyCell"))
_NO_CELL = {"colspan": 1, "rowspan": 1}
_SMALL_FROM = 8  # columns


def kit_table(node: dict) -> str:
    """Return caption, table and note; an empty table is a sentence."""
    caption = written(node["caption"], "Caption") if node["caption"] else ""
    if not node["rows"]:
        return caption + written(node["empty_text"], "KitEmpty")
    style, size = ("KitSmallCell", 10) if len(node["columns"]) >= _SMALL_FROM else ("KitCell", 11)
    widths = _widths(node, size)
    centred = f'{_KEEP_NEXT}<w:jc w:val="center"/>'
    titles = [paragraph(run(c["title"], _BOLD), style, centred) for c in node["columns"]]
    rows = [row([Cell(title, w, properties=_HEAD) for title, w in zip(titles, widths, strict=True)], header=True)]
    hang = _hanging_digits(node, size)
    notes = "\n".join(text for text in (node["hidden_note"], node["note"]) if text)
    kept = _kept_rows(node["rows"], bool(notes))
    names = {x for x in range(len(widths)) if named(node, x)}
    for y, values in enumerate(node["rows"]):
        keep = _KEEP_NEXT if y in kept else ""
        cells = [_cell(node, (x, y), hang, (style, keep, names)) for x in range(len(values))]
        properties = _TOTAL if y in node["totals"] else ""
        made = [Cell(content, w, properties=properties) for content, w in zip(cells, widths, strict=True)]
        rows.append(row(made, splits=any(len(value) > _LONG for value in values)))
    return caption + table(rows, widths, "KitTable", node["caption"]) + (written(notes, "KitNote") if notes else gap())


def _widths(node: dict, size: float) -> list[int]:
    """Return column widths; words have room also in a family wider than Times New Roman."""
    page = Page(TEXT_WIDTH / _TWIPS, size, _PADDING / _TWIPS, _SLACK)
    return shares(TEXT_WIDTH, fitted_widths(node, page))


def _kept_rows(rows: list[list[str]], noted: bool) -> set[int]:
    """Return the rows that stay with the next: a short table is whole, a long one begins and ends with some rows."""
    last = len(rows) - 1
    short = len(rows) <= _SHORT and sum(len(value) for row_ in rows for value in row_) < _LONG
    return (set(range(last)) if short else {0, last - 1}) | ({last} if noted else set())


def _cell(node: dict, place: tuple[int, int], hang: Callable[[int, str], int], look: tuple[str, str, set[int]]) -> str:
    x, y = place
    value, column = node["rows"][y][x], node["columns"][x]
    style, properties, names = look
    shown = run(value, _BOLD if y in node["totals"] else "")
    if x in names:
        name, _, rest = value.partition("\n")
        shown = run(name, _BOLD) + run(f"\n{rest}")
    status = node["status"][y] if x == node["status_column"] and y < len(node["status"]) else ""
    if status:
        words = node["words"].get(status, "")
        shown = f"{shown}{run(' ')}{badge(status, words)}" if re.search(r"\d", value) else badge(status, value or words)
    right = hang(x, value)
    properties += f'<w:ind w:right="{right}"/>' if right else ""
    properties += f'<w:jc w:val="{column["align"]}"/>' if column["align"] in ("right", "center") else ""
    return paragraph(shown, style, properties)


def _hanging_digits(node: dict, size: float) -> Callable[[int, str], int]:
    """Return how far a number stands from the right so that the decimal commas of its column stand in a line.

    Word's decimal tabs would follow the language of the reader's Windows instead of the text's.
    """
    most = {}
    for x, column in enumerate(node["columns"]):
        found = [_NUMBER.fullmatch(values[x]) for values in node["rows"]] if column["align"] == "right" else []
        percent = any(one and one[3] for one in found)
        most[x] = 0 if percent else max((len(one[2] or "") for one in found if one), default=0)

    def hang(x: int, value: str) -> int:
        number = _NUMBER.fullmatch(value) if most[x] else None
        missing = most[x] - len(number[2] or "") if number else 0
        # A digit is half an em wide, the comma a quarter.
        return round(size * 10 * missing - (size * 5 if missing == most[x] else 0)) if missing > 0 else 0

    return hang


def badge(status: str, words: str) -> str:
    """Return a status in its shape, its words and its colour."""
    known = status if status in styles.INK else "no_data"
    return run(f"{STATUS_MARKS.get(status, '')} {words}".strip(), f'<w:rStyle w:val="Kit_{known}"/>')


def cards(node: dict) -> str:
    """Return the cards, two in a row."""
    if not node["cards"]:
        return ""
    halves = [TEXT_WIDTH // 2, TEXT_WIDTH - TEXT_WIDTH // 2]
    rows = []
    for at in range(0, len(node["cards"]), 2):
        pair = node["cards"][at : at + 2]
        wide = halves if len(pair) == 2 else [TEXT_WIDTH]
        made = [Cell(_card(one), w, colspan=3 - len(pair), properties=_card_look(one["status"]))
                for one, w in zip(pair, wide, strict=True)]  # fmt: skip
        rows.append(row(made, splits=any(sum(map(len, one.values())) > 1500 for one in pair)))
    return gap(keep=True) + table(rows, halves, "KitCards", "Các chỉ số chính") + gap()


def _card_look(status: str) -> str:
    ink = styles.INK.get(status, styles.INK["no_data"])
    thin = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>' for side in ("bottom", "right"))
    top = '<w:top w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    left = f'<w:left w:val="single" w:sz="24" w:space="0" w:color="{ink}"/>'
    return f'<w:tcBorders>{top}{left}{thin}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="F7F7F7"/>'


def _card(one: dict) -> str:
    value = run(one["value"], f'{_BOLD}<w:sz w:val="42"/><w:szCs w:val="42"/>')
    value += run(f"  {one['counts']}") if one["counts"] else ""
    state = badge(one["status"], one["status_words"])
    state += run(f"   {target(one['target'])}") if one["target"] else ""
    made = written(one["title"], "KitCardName") + paragraph(value, "KitCardValue") + paragraph(state, "KitCardValue")
    return made + "".join(written(one[name], "KitCardText") for name in ("change", "sentence") if one[name])


def html_grid(node: dict, blocks: Callable[[dict, str, int], str], width: int = TEXT_WIDTH) -> str:
    """Return a table from HTML; ``blocks`` makes what a cell holds, given the style of its paragraphs and its width."""
    style = next(name for most, name in _GRID_STYLES if node["columns"] <= most)
    if node["columns"] > _MOST_COLUMNS:
        return "".join(blocks(cell, style, width) for cell in node["cells"])
    widths = shares(width, node["shares"])
    placed = {(cell["x"], cell["y"]): cell for cell in node["cells"]}
    goes_on = {(cell["x"], cell["y"] + down): cell for cell in node["cells"] for down in range(1, cell["rowspan"])}
    rows = []
    for y in range(node["rows"]):
        made, x = [], 0
        while x < node["columns"]:
            cell = placed.get((x, y)) or goes_on.get((x, y)) or _NO_CELL
            wide = sum(widths[x : x + cell["colspan"]])
            content = blocks(cell, style, wide - 160) if (x, y) in placed else ""
            merge = "" if cell["rowspan"] == 1 else "restart" if (x, y) in placed else "continue"
            made.append(Cell(content, wide, cell["colspan"], merge, _HEAD if y < node["head"] else ""))
            x += cell["colspan"]
        rows.append(row(made, header=y < node["head"]))
    return table(rows, widths, "KitTable") + gap()
