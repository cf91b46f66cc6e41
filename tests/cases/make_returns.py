"""Makes the workbooks of ``tests/cases/returns``: one folder per case with the file a unit sent and what is expected.

    python tests/cases/make_returns.py [NAME…]       all cases, or those named
    python tests/cases/make_returns.py --converted   also the files that LibreOffice makes of them (.ods, .xls)

The same script gives the same bytes, but for files made by other programs, which were made once and are kept: those of
LibreOffice, and ``password-xlsx`` (encrypted by msoffcrypto-tool, password "mau").
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.cases import returned_defects, returned_files, returned_rules  # noqa: E402, F401
from tests.cases.returned_book import SCHEMA, Book  # noqa: E402
from tests.cases.returned_cases import CASES, Case  # noqa: E402

FOLDER = ROOT / "tests" / "cases" / "returns"
CONVERTED = {
    "ods": ("clean", "formula-error", "merged-cells", "blank-rows"),
    "xls": ("clean", "formula-error", "merged-cells", "blank-rows"),
}


def unit_of(name: str) -> str:
    """Return the id of the fictional unit of a case."""
    return (
        "U-" + name.upper()[:18]
        if len(name) <= 18
        else f"U-{sum(map(ord, name)) % 97:02d}-{name.upper()[-15:].strip('-')}"
    )


def expectation(book: Book, line: str) -> dict[str, object]:
    """``severity code table.field row [letter|@sheet|-]`` → what the findings must say."""
    severity, code, place, row, *more = line.split(" ", 4)
    table, _, name = place.partition(".") if place != "-" else ("", "", "")
    origin = "tasks" if table == "products" and "products" not in book.rows else table
    sheet = book.sheets.get(origin, SCHEMA.tables[origin].title) if origin else ""
    column = ""
    if name and row != "-" and origin in book.rows:
        key = f"product.{name}" if origin != table else name
        column = book.letter(origin, key)
    if more and more[0].startswith("@"):
        sheet = more[0][1:]
    elif more:
        column = more[0].strip("-")
    found = {"severity": severity, "code": code, "table": table, "sheet": sheet, "field": name}
    return found | {"row": None if row == "-" else int(row), "column": column}


def write(case: Case) -> None:
    """Write the files of one case."""
    unit = unit_of(case.name)
    folder = FOLDER / case.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    book = Book(unit)
    case.spoil(book)
    content = book.content()
    content = case.finish(content) if case.finish else content
    (folder / f"{unit}.{case.suffix}").write_bytes(content)
    if case.name == "same-unit-twice":
        (folder / f"{unit}.xlsm").write_bytes(content)
    _describe(case, folder, [expectation(book, line) for line in case.expected])


def _describe(case: Case, folder: Path, found: list[dict[str, object]]) -> None:
    about = {"title": case.title, "unit": unit_of(folder.name), "level": case.level, "findings": found}
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=120)
    (folder / "expected.yaml").write_text(text, encoding="utf-8")


def convert(case: Case, suffix: str) -> None:
    """Write the case as LibreOffice saves it in another format."""
    name = f"{case.name}-{suffix}"
    unit = unit_of(name)
    folder = FOLDER / name
    book = Book(unit)
    case.spoil(book)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"{unit}.xlsx"
        source.write_bytes(book.content())
        command = ["soffice", "--headless", "--convert-to", suffix, "--outdir", scratch, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.with_suffix(f".{suffix}"), folder / f"{unit}.{suffix}")
    _describe(case, folder, [expectation(book, line) for line in case.expected])


def main(arguments: list[str]) -> None:
    for name, case in CASES.items():
        if not [word for word in arguments if not word.startswith("-")] or name in arguments:
            write(case)
    if "--converted" in arguments:
        for suffix, names in CONVERTED.items():
            for name in names:
                convert(CASES[name], suffix)


if __name__ == "__main__":
    main(sys.argv[1:])
