"""The document tree as PDF bytes: the only module that calls typst.

Templates (``*.typ`` beside this file) read the tree as JSON; texts stay strings, so nothing in them is ever markup.
Pages follow Nghị định 30/2020/NĐ-CP, Phụ lục I; the file is PDF/UA-1 and, when the document has a date, PDF/A-2a.
The same tree gives the same bytes: dates come from the tree, never from the clock.
"""

from __future__ import annotations

import json
import re
import warnings
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kit.errors import EngineError
from kit.report.pdf import pictures

TEMPLATES = Path(__file__).parent
SERIF = ("Times New Roman", "TeX Gyre Termes", "Libertinus Serif")
SYMBOLS = ("DejaVu Sans",)
_UNCOVERED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_IGNORABLE = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_ROUNDS = 25


def render_pdf(document: dict, *, standards: tuple[str, ...] | None = None) -> bytes:
    """Return the document tree (``kit.report.document``) as a PDF file.

    ``standards`` are typst's names; by default PDF/UA-1, with PDF/A-2a when the tree has a ``date``. Characters that no
    font at hand has are printed as ``[U+4E2D]`` with a warning. Raises ``EngineError`` when typst cannot set the tree.
    """
    if standards is None:
        standards = ("ua-1", "a-2a") if document.get("date") else ("ua-1",)
    tree = pictures.wrapped(document)
    text = _PRIVATE.sub(_code_point, json.dumps(tree, ensure_ascii=False))
    replaced: set[str] = set()
    for _ in range(_ROUNDS):
        try:
            made = _compile(text, document.get("date"), standards)
        except Exception as error:  # typst's own class, or a panic of its engine
            found = _uncovered(error)
            if found:
                text = _without(text, found)
                replaced |= found
            elif broken := pictures.without_broken(json.loads(text), _is_drawable):
                text = json.dumps(broken, ensure_ascii=False)
            else:
                raise EngineError(_explained(document, error)) from error
        else:
            _warn(replaced)
            return made
    raise EngineError(
        f"The PDF of '{document['title']}' could not be set: no font has {len(replaced)} characters in it."
    )


def _compile(text: str, date: str | None, standards: tuple[str, ...]) -> bytes:
    import typst

    stamp = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else datetime(2000, 1, 1, tzinfo=UTC)
    return typst.compile(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"document": text, "fonts": json.dumps([_serif(), *SYMBOLS])},
        pdf_standards=list(standards),
        timestamp=stamp,
        format="pdf",
    )


@lru_cache(maxsize=1)
def _fonts():
    """Return the fonts of the machine, of typst and of matplotlib (DejaVu Sans, in which charts are set)."""
    import typst

    matplotlib = find_spec("matplotlib")
    folder = Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf" if matplotlib and matplotlib.origin else None
    return typst.Fonts(font_paths=[str(folder)] if folder and folder.is_dir() else [])


@lru_cache(maxsize=1)
def _serif() -> str:
    """Return the one serif family of the text: the first of ``SERIF`` at hand, with all four styles."""
    families = set(_fonts().families())
    return next((name for name in SERIF if name in families), SERIF[-1])


def _uncovered(error: Exception) -> set[str]:
    found = _UNCOVERED.findall(getattr(error, "diagnostic", "") or str(error))
    return {re.sub(r"\\u\{([0-9a-f]+)\}|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else m[2], text) for text in found}


def _without(text: str, clusters: set[str]) -> str:
    """Replace clusters no font has: first without invisible joiners and selectors, then letter by letter as code."""
    pattern = "|".join(re.escape(cluster) for cluster in sorted(clusters, key=lambda c: (-len(c), c)))
    return re.sub(pattern, lambda found: _shown(found[0]), text)


def _shown(cluster: str) -> str:
    bare = _IGNORABLE.sub("", cluster)
    if bare != cluster:
        return bare
    return "".join(
        c if c.isascii() or "\u00c0" <= c <= "\u024f" or "\u1ea0" <= c <= "\u1ef9" else f"[U+{ord(c):04X}]"
        for c in cluster
    )


def _code_point(found: re.Match) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _is_drawable(source: str) -> bool:
    import typst

    page = b'#set document(title: "x")\n#image(bytes(sys.inputs.source), format: "svg", alt: "x")'
    try:
        typst.compile(page, root=str(TEMPLATES), font_paths=_fonts(), sys_inputs={"source": source}, format="pdf")
    except Exception:
        return False
    return True


def _explained(document: dict, error: Exception) -> str:
    what = getattr(error, "message", "") or str(error)
    return (
        f"The PDF of '{document['title']}' could not be set by typst: {what} The notebook and its HTML are not affected. "
        "Please keep the notebook and report it; `kit doctor` shows the versions in use."
    )


def _warn(replaced: set[str]) -> None:
    if replaced:
        codes = sorted({f"U+{ord(c):04X}" for cluster in replaced for c in cluster if not c.isascii()})
        some = ", ".join(codes[:10]) + (f" and {len(codes) - 10} more" if len(codes) > 10 else "")
        warnings.warn(f"no font at hand has these characters, printed by their code: {some}", stacklevel=3)
