"""The reports of a period as jobs: which unit, which edition, from which inputs, to which folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import UsageError, suggestion
from kit.paths import find
from kit.workflow.prepare import Prepared

if TYPE_CHECKING:
    from kit.run.job import ReportJob
    from kit.run.keys import Keys

NOTEBOOK = "03_evaluation_report.ipynb"
EDITIONS = ("internal", "public")


@dataclass(frozen=True)
class Edition:
    """``internal`` is the report in full, ``public`` the one without personal data; and the formats wanted of it."""

    name: str = "internal"
    formats: tuple[str, ...] = ("html", "pdf")

    @property
    def folder(self) -> str:
        """Its folder below that of the unit; blank for the unit's own."""
        return "" if self.name == "internal" else self.name


def parse_edition(name: str, formats: str) -> Edition:
    """Return the edition and formats asked for. Raises ``UsageError``."""
    if name not in EDITIONS:
        raise UsageError(f"Unknown edition '{name}'{suggestion(name, EDITIONS)}; allowed: {', '.join(EDITIONS)}.")
    return Edition(name, parse_formats(formats))


def parse_formats(text: str) -> tuple[str, ...]:
    """``"html,pdf"`` → formats in the kit's order; ``none`` → none. Raises ``UsageError``."""
    from kit.run.outputs import FORMATS

    asked = [part.strip().lower() for part in text.split(",") if part.strip()]
    if asked == ["none"]:
        return ()
    for part in asked:
        if part not in FORMATS:
            raise UsageError(
                f"Unknown format '{part}'{suggestion(part, FORMATS)}; allowed: {', '.join(FORMATS)}, none."
            )
    if not asked:
        raise UsageError(f"No format given; allowed: {', '.join(FORMATS)}, none.")
    return tuple(kind for kind in FORMATS if kind in asked)


def require_units(made: Prepared, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The units asked for, all of the period when none; raises ``UsageError`` naming what to ask for instead."""
    known = keys_of(made).units
    if set(asked) <= set(known):
        return asked or tuple(known)
    from kit.session import require_unit

    return tuple(require_unit(made.data, unit) for unit in asked)


def keys_of(made: Prepared) -> Keys:
    """The digests of what every report reads, from the period's current store."""
    return _keys(made.paths.store.resolve(), made.places.data_folder, made.period.code, tuple(sorted(made.key.items())))


@cache
def _keys(store: Path, data_dir: Path, period: str, key: tuple) -> Keys:
    """Read once for each state of the store: ``key`` is what it was made from."""
    from kit.run.keys import load_keys

    return load_keys(store, data_dir, period=period, notebook=find(Path("notebooks") / NOTEBOOK))


def report_jobs(made: Prepared, edition: Edition, units: tuple[str, ...]) -> list[ReportJob]:
    """The report of each unit, with the digests of what it reads. Raises ``UsageError``: there is no notebook."""
    from kit.run.job import ReportJob

    keys, out = keys_of(made), made.places.out.resolve()
    if not keys.notebook.is_file():
        raise UsageError(f"There is no notebook {NOTEBOOK}; run kit in the project folder, the one with notebooks/.")
    shared = _parameters(made, keys.notebook, edition)
    facts = _facts(made, keys)
    jobs = []
    for unit in units:
        latest, inputs = keys.issued(unit), keys.inputs(unit)
        number = latest.number + (latest.data != inputs["data"])
        report = {"period": made.period.code, "unit": unit, "edition": edition.name, "issue": max(number, 1)}
        jobs.append(
            ReportJob(
                notebook=keys.notebook,
                folder=made.paths.report(unit, edition.folder).resolve(),
                formats=edition.formats,
                parameters={"period": made.period.code, "unit": unit, **shared},
                facts={**facts, "unit": unit},
                record={"report": report, "inputs": inputs, "quality": keys.quality_of(unit)},
                out=out,
                latest=latest,
            )
        )
    return jobs


def _facts(made: Prepared, keys: Keys) -> dict[str, str]:
    """What goes into every notebook's metadata."""
    from kit import __version__

    date = made.period.cutoff.isoformat()
    return {"version": __version__, "period": made.period.code, "date": date, "fictitious": keys.index["notice"]}


def _parameters(made: Prepared, notebook: Path, edition: Edition) -> dict[str, Any]:
    """The notebook's parameters that all units share. Raises ``UsageError``: it has no editions."""
    places = made.places
    plan = places.params or Path("params") / f"plan-{made.period.year}.yaml"
    shared = {"plan": str(plan), "data_dir": str(places.data)}
    if _declares_edition(notebook):
        return {**shared, "edition": edition.name}
    if edition.name != "internal":
        raise UsageError(f"{notebook.name} has no parameter 'edition'; without it there is no {edition.name} edition.")
    return shared


def _declares_edition(notebook: Path) -> bool:
    from kit.digests import load_json

    cells = [cell for cell in load_json(notebook)["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    return any(line.startswith("edition") for cell in cells for line in "".join(cell["source"]).splitlines())
