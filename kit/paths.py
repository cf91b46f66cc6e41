"""Where things lie: the project folder, data, parameters and reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def find(path: str | Path) -> Path:
    """Return a path that was given relative to the project.

    A relative path that does not exist from the working folder is looked for in the folders above it and beside the
    installed package: notebooks run with their own folder as working folder.
    """
    given = Path(path)
    if given.is_absolute() or given.exists():
        return given.resolve()
    for folder in (*Path.cwd().resolve().parents, PACKAGE.parent):
        if (folder / given).exists():
            return (folder / given).resolve()
    return given.resolve()


def project_folder() -> Path:
    """Return the folder that holds ``notebooks/`` and ``params/``."""
    return find("notebooks").parent


@dataclass(frozen=True)
class PeriodPaths:
    """Files that a run leaves for one period (design.md, "What a run leaves")."""

    out: Path
    period: str

    @property
    def folder(self) -> Path:
        return self.out / self.period

    @property
    def store(self) -> Path:
        return self.folder / ".store"

    @property
    def returned(self) -> Path:
        """Workbooks that go back to the units."""
        return self.folder / "returned"

    def file(self, name: str) -> Path:
        """A period-level file: ``results.csv``, ``findings.xlsx``, ``index.html`` …"""
        return self.folder / name

    def report(self, unit_id: str, name: str = "") -> Path:
        """A file of one unit's report, or its folder."""
        return self.folder / unit_id / name if name else self.folder / unit_id
