"""annex.xlsx: the figures behind every table and chart of one report, whole, from the executed notebook.

The first sheet says what this is and lists the others; then the indicators with their definitions; then a sheet for
each table and chart in the order of the report, named after its caption (``kit.report.plain.sheet_name``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from kit.report import annex_front
from kit.report.datawords import column_title, column_values
from kit.report.document import document
from kit.report.htmltree import plain_text
from kit.report.plain import sheet_name
from kit.report.sheets import COLOURS, CREATED, LINE, Book, SheetColumn, finish, lines, write_head, write_row

_STATUS_COLUMNS = ("status", "status_national")  # ends of names: "CS-01 status" too
_DEFINED = {"indicator_id", "formula"}  # columns of the sheet of indicators
_NARROWEST, _WIDEST = 9, 60  # characters of a column
_TEXT_WIDTH = 90  # characters of what stands over a table
_A3, _A4_WIDTH, _A3_WIDTH = 8, 230, 340  # characters that one page takes across at two thirds of their size
_FIRST_WIDTH = 45  # characters of the columns that stay in view
_HEAD = 3  # line of the columns' titles, under caption, remark and way back


@dataclass(frozen=True)
class DataSheet:
    """One sheet: ``section`` is where the report shows it, ``printed`` how many rows it prints (charts: none)."""

    name: str
    kind: str
    caption: str
    section: str
    note: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[object, ...], ...]
    marks: tuple[dict[int, str], ...]  # for each row: place of a column → status
    printed: int | None = None


def render_annex(notebook: dict) -> bytes:
    """Return annex.xlsx of an executed notebook: ``write_annex`` of its document tree."""
    return write_annex(document(notebook))


def write_annex(tree: dict) -> bytes:
    """Return annex.xlsx of a document tree (``kit.report.document``); the same bytes for the same tree."""
    created = datetime.fromisoformat(tree["date"]) if tree["date"] else CREATED
    book = Book(f"Phụ lục số liệu – {tree['title']}", author=tree["author"], created=created)
    sheets = data_sheets(tree["nodes"])
    annex_front.write_front(book, tree, tree["facts"], sheets)
    for sheet in sheets:
        _write_sheet(book, sheet)
    return book.close()


def data_sheets(nodes: Sequence[dict]) -> list[DataSheet]:
    """Return the sheets of the report's tables and charts, the one of the indicators first.

    Tables of the same caption and data share a sheet; a table without rows has none.
    """
    made: dict[str, tuple[list, DataSheet]] = {}
    for node, section in _with_sections(nodes):
        data = _data(node)
        if len(data) < 2:
            continue
        name = sheet_name(node["caption"])
        count = 1
        while name.casefold() in made and made[name.casefold()][0] != data:
            count += 1
            name = sheet_name(node["caption"], suffix=f" ({count})")
        if name.casefold() not in made:
            made[name.casefold()] = (data, _sheet(name, node, section, data))
    return [sheet for _, sheet in sorted(made.values(), key=lambda one: not _DEFINED.issubset(one[0][0]))]


def _with_sections(nodes: Sequence[dict]) -> Iterator[tuple[dict, str]]:
    """Yield tables and charts with the headings they stand under."""
    above: list[tuple[int, str]] = []
    for node in nodes:
        if node["kind"] in ("heading", "annex"):
            said = node["label"] if node["kind"] == "annex" else plain_text(node["content"])
            depth = node.get("outline", 1)
            above = [(level, text) for level, text in above if level < depth] + [(depth, " ".join(said.split()))]
        elif node["kind"] in ("table", "figure"):
            yield node, " › ".join(text for _, text in above)


def _data(node: dict) -> list[list[str]]:
    """Return header and rows: the machine-readable ones, or those printed where a table has no others."""
    if node["data"] or node["kind"] == "figure":
        return [list(row) for row in node["data"]]
    return (
        [[column["title"] for column in node["columns"]], *(list(row) for row in node["rows"])] if node["rows"] else []
    )


def _sheet(name: str, node: dict, section: str, data: list[list[str]]) -> DataSheet:
    header, *rows = data
    shown = [(column_title(field), field, values) for field, values in _columns(header, rows)]
    shown = _without_twins(shown)
    coloured = [place for place, (_, field, _) in enumerate(shown) if field.endswith(_STATUS_COLUMNS)]
    codes = {place: [row[header.index(shown[place][1])] for row in rows] for place in coloured}
    return DataSheet(
        name=name,
        kind="Bảng" if node["kind"] == "table" else "Biểu đồ",
        caption=node["caption"],
        section=section,
        note=node["note"],
        columns=tuple(SheetColumn(title, _width(title, values)) for title, _, values in shown),
        rows=tuple(zip(*(values for _, _, values in shown), strict=True)),
        marks=tuple({place: codes[place][at] for place in coloured} for at in range(len(rows))),
        printed=len(node["rows"]) - len(node["totals"]) if node["kind"] == "table" and node["hidden_rows"] else None,
    )


def _columns(header: list[str], rows: list[list[str]]) -> Iterator[tuple[str, list[object]]]:
    for place, field in enumerate(header):
        yield field, column_values(field, [row[place] if place < len(row) else "" for row in rows])


def _without_twins(columns: list[tuple[str, str, list]]) -> list[tuple[str, str, list]]:
    """Leave out a column whose codes, put into words, say what another column says anyway."""
    values = [tuple(each) for _, _, each in columns]
    return [column for at, column in enumerate(columns) if values[at] not in values[:at] or not _is_text(values[at])]


def _is_text(values: tuple) -> bool:
    return any(isinstance(value, str) and value for value in values)


def _width(title: str, values: Sequence[object]) -> float:
    """Width for the longest word of the title and for most of the values, within limits."""
    longest = sorted(_longest(value) if isinstance(value, str) else 11 for value in values if value)
    usual = longest[int(0.9 * (len(longest) - 1))] if longest else 0
    words = max((len(word) for word in title.split()), default=0)
    return min(_WIDEST, max(_NARROWEST, words + 3, min(len(title) + 3, 16), usual + 2))


def _longest(text: str) -> int:
    return max(map(len, text.split("\n"))) if "\n" in text else len(text)


def _write_sheet(book: Book, sheet: DataSheet) -> None:
    page = book.sheet(sheet.name)
    annex_front.write_above(book, page, sheet, width=_TEXT_WIDTH)
    write_head(book, page, _HEAD, sheet.columns)
    for line, (row, marks) in enumerate(zip(sheet.rows, sheet.marks, strict=True), _HEAD + 1):
        page.set_row(line, LINE * lines(sheet.columns, row))
        write_row(book, page, line, row, {place: COLOURS.get(status, "") for place, status in marks.items()})
    finish(page, _HEAD, len(sheet.rows), len(sheet.columns))
    _fit(page, [column.width for column in sheet.columns])
    page.set_footer("&L&8&A&R&8Trang &P/&N")


def _fit(page, widths: Sequence[float]) -> None:
    """Keep print readable and rows told apart: paper and pages by the width, the first columns always in view."""
    whole = sum(widths)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if whole <= _A4_WIDTH:
        return
    first = 2 if len(widths) > 2 and widths[0] + widths[1] <= _FIRST_WIDTH else 1
    page.freeze_panes(_HEAD + 1, first)
    page.set_paper(_A3)
    if whole > _A3_WIDTH:
        page.fit_to_pages(ceil(whole / _A3_WIDTH), 0)
        page.repeat_columns(0, first - 1)
