"""The document tree as PDF bytes: the only module that calls typst.

Templates (``*.typ`` beside this file) read the tree as JSON; texts stay strings, so nothing in them is ever markup.
Pages follow Nghị định 30/2020/NĐ-CP, Phụ lục I; the file is PDF/UA-1 and, when the document has a date, PDF/A-2a.
The same tree gives the same bytes: dates come from the tree, never from the clock.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kit.errors import EngineError
from kit.report.pdf import glyphs, pictures, tables

TEMPLATES = Path(__file__).parent
SERIF = ("Times New Roman", "TeX Gyre Termes", "Libertinus Serif")
SYMBOLS = ("DejaVu Sans",)
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_ROUNDS = 25


def render_pdf(document: dict, *, standards: tuple[str, ...] | None = None) -> bytes:
    """Return the document tree (``kit.report.document``) as a PDF file.

    ``standards`` are typst's names; by default PDF/UA-1, with PDF/A-2a when the tree has a ``date``. A character that
    no font at hand has is printed as a box or as its code (``[U+E000]``), a picture that cannot be drawn as its
    description, both with a warning. Raises ``EngineError`` when typst cannot set the tree.
    """
    if standards is None:
        standards = ("ua-1", "a-2a") if document.get("date") else ("ua-1",)
    text, replaced = glyphs.without_private(json.dumps(_prepared(document), ensure_ascii=False))
    for _ in range(_ROUNDS):
        try:
            made = _compile(text, document.get("date"), standards)
        except EngineError as error:
            text, found = _repaired(text, error)
            if text is None:
                raise EngineError(_explained(document, error)) from error.__cause__
            replaced |= found
        else:
            glyphs.warn(replaced, made)
            return made
    raise EngineError(_explained(document, "characters that no font at hand has."))


def _prepared(document: dict) -> dict:
    return pictures.wrapped(tables.with_cells(document))


def _repaired(text: str, error: EngineError) -> tuple[str | None, set[str]]:
    """Return the tree as JSON without what typst stumbled over, and the characters replaced; ``None`` if nothing is."""
    if found := glyphs.uncovered(str(error)):
        return glyphs.without(text, found), found
    tree = pictures.without_broken(json.loads(text), _is_drawable)
    return (None if tree is None else json.dumps(tree, ensure_ascii=False)), set()


def _compile(text: str, date: str | None, standards: tuple[str, ...]) -> bytes:
    stamp = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else _UNDATED
    options = {"pdf_standards": list(standards), "timestamp": stamp, "format": "pdf"}
    return typeset("report.typ", text, **options)


def typeset(template: str, content: str, **options) -> bytes | list[bytes]:
    """Call typst; whatever it raises, its panics included, becomes an ``EngineError`` with all its diagnostics.

    The template reads ``content``, JSON, as the file ``content.json``: were it in ``sys.inputs``, typst would take its
    whole library for another one and make nothing of what it has set for the documents before.
    ``options`` are those of ``typst.Compiler.compile``; several pages as PNG come as a list.
    """
    import typst

    files = {"main.typ": (TEMPLATES / template).read_bytes(), "content.json": content.encode("utf-8")}
    fonts = _fonts()
    idle = _idle(template, fonts)
    try:
        compiler = idle.pop()
    except IndexError:
        compiler = typst.Compiler(files, root=str(TEMPLATES), font_paths=fonts, sys_inputs=_inputs())
    try:
        made = compiler.compile(files, **options)
    except BaseException as error:
        # A panic of the engine is no Exception; anything else that is none (Ctrl-C) must pass.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise EngineError(getattr(error, "diagnostic", "") or str(error)) from error
    idle.append(compiler)
    return made


@cache
def _idle(template: str, fonts: object) -> list:
    """The compilers of a template that nobody is using: each has the templates parsed, and serves one thread."""
    return []


def _inputs() -> dict[str, str]:
    serif = serif_family()
    weight = "600" if serif == "Libertinus Serif" else "700"
    return {"fonts": json.dumps([serif, *SYMBOLS]), "italic-bold": weight}


@cache
def _fonts():
    """Return the fonts of the machine, of typst and of matplotlib (DejaVu Sans, in which charts are set)."""
    import typst

    matplotlib = find_spec("matplotlib")
    folder = Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf" if matplotlib and matplotlib.origin else None
    return typst.Fonts(font_paths=[str(folder)] if folder and folder.is_dir() else [])


@cache
def serif_family() -> str:
    """Return the one serif family of the text: the first of ``SERIF`` at hand."""
    families = set(_fonts().families())
    return next((name for name in SERIF if name in families), SERIF[-1])


def _is_drawable(source: str) -> bool:
    import typst

    page = b'#image(bytes(sys.inputs.source), format: "svg")'
    try:
        typst.compile(page, root=str(TEMPLATES), font_paths=_fonts(), sys_inputs={"source": source}, format="pdf")
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        return False
    return True


def _explained(document: dict, error: EngineError | str) -> str:
    what = " ".join(str(error).split())[:600]
    return (
        f"The PDF of '{document['title']}' could not be set by typst: {what} "
        "The notebook and its HTML are not affected; please keep the notebook and report this. "
        "`kit doctor` shows the versions in use."
    )
