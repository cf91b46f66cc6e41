"""Which files there are to read: collected workbooks and CSV folders, and files named on a command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")


@dataclass(frozen=True)
class CollectedFile:
    """One unit's workbook or CSV folder; ``unit_id`` and ``plan_year`` are what its place says ("" and 0: nothing)."""

    path: Path
    kind: str  # workbook | csv
    unit_id: str = ""
    plan_year: int = 0


def collected_files(data_dir: Path) -> list[CollectedFile]:
    """Return what lies under ``collected/<year>/``, by year and name; lock files and hidden files are passed over."""
    folder = data_dir / "collected"
    if not folder.is_dir():
        return []
    years = sorted(entry for entry in folder.iterdir() if entry.is_dir() and _YEAR.fullmatch(entry.name))
    return [file for year in years for file in _year_files(year)]


def named_files(paths: Iterable[Path], data_dir: Path) -> list[CollectedFile]:
    """Return the files people named; a folder stands for the workbooks and CSV folders in it.

    A file under ``collected/`` is bound to its place; elsewhere a workbook may have any name, and a CSV folder says its
    unit and year by its path (``…/2024/XA-01``). Raises ``FileNotFoundError`` for a path that does not exist.
    """
    known = {file.path.resolve(): file for file in collected_files(data_dir)}
    found: dict[Path, CollectedFile] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        for file in _named(path):
            found.setdefault(file.path.resolve(), known.get(file.path.resolve(), file))
    return list(found.values())


def source_names(paths: Iterable[Path], data_dir: Path) -> set[str]:
    """Return the names that addresses use for the files people named, a CSV folder's files one by one."""
    files = named_files(paths, data_dir)
    called = naming(files, data_dir)
    return {called(part) for file in files for part in parts_of(file)}


def parts_of(file: CollectedFile) -> list[Path]:
    """Return the workbook itself, or each file of a CSV folder."""
    return [file.path] if file.kind == "workbook" else csv_files(file.path)


def naming(files: Iterable[CollectedFile], data_dir: Path) -> Callable[[Path], str]:
    """Return how addresses call the files: by ``relative_name``, with as many folders as tell equal names apart."""
    root = data_dir.resolve()
    paths = {part: part.resolve() for file in files for part in parts_of(file)}
    outside = {path for path in paths.values() if not path.is_relative_to(root)}

    def called(path: Path) -> str:
        whole = paths.get(path) or path.resolve()
        if whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
        twins = [other for other in outside if other.name == whole.name and other != whole]
        if whole not in outside or not twins:
            return path.name
        deep = next(
            (
                deep
                for deep in range(2, len(whole.parts))
                if all(other.parts[-deep:] != whole.parts[-deep:] for other in twins)
            ),
            len(whole.parts),
        )
        return "/".join(whole.parts[-deep:])

    return called


def relative_name(path: Path, data_dir: Path) -> str:
    """Return the path relative to the data folder with ``/``, or the bare file name of a file outside."""
    resolved, root = path.resolve(), data_dir.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name


def reason_of(error: OSError) -> str:
    """Say in Vietnamese why a file could not be opened."""
    if isinstance(error, PermissionError):
        return "không có quyền đọc, hoặc tệp đang mở ở chương trình khác"
    return "lỗi ổ đĩa hoặc đường truyền"


def csv_files(folder: Path) -> list[Path]:
    """Return the CSV files of a folder, by name."""
    return sorted(entry for entry in folder.iterdir() if entry.suffix.lower() == ".csv" and _counts(entry))


def _counts(entry: Path) -> bool:
    return not entry.name.startswith((".", "~$", "__MACOSX")) and entry.name.casefold() not in (
        "thumbs.db",
        "desktop.ini",
    )


def _is_workbook(entry: Path) -> bool:
    return entry.is_file() and entry.suffix.lower() in WORKBOOK_SUFFIXES and _counts(entry)


def _year_files(folder: Path) -> list[CollectedFile]:
    files = []
    for entry in sorted(folder.iterdir(), key=lambda item: (item.name.casefold(), item.name)):
        if _is_workbook(entry):
            files.append(CollectedFile(entry, "workbook", entry.stem, int(folder.name)))
        elif entry.is_dir() and _counts(entry) and csv_files(entry):
            files.append(CollectedFile(entry, "csv", entry.name, int(folder.name)))
    return files


def _named(path: Path) -> list[CollectedFile]:
    if path.is_dir():
        if csv_files(path):
            return [_csv_folder(path)]
        entries = sorted(entry for entry in path.iterdir() if _counts(entry))
        inside = [file for entry in entries if entry.is_dir() for file in _named(entry)]
        return inside + [CollectedFile(entry, "workbook") for entry in entries if _is_workbook(entry)]
    if path.suffix.lower() == ".csv":
        return [_csv_folder(path.parent)]
    return [CollectedFile(path, "workbook")]


def _csv_folder(folder: Path) -> CollectedFile:
    absolute = folder.resolve()
    year = int(absolute.parent.name) if _YEAR.fullmatch(absolute.parent.name) else 0
    return CollectedFile(folder, "csv", absolute.name, year)
