"""Random data sets in canonical CSV, lifelike at the borders: `generate(folder, seed=1, units=40)`.

With `error_rate` 0 no rule of data-model.md finds an error. Above 0, about that share of rows with exactly one error
each is added to the clean rows, and `expected_errors.csv` beside `reference/` lists them: unit_id, year, table, row (as
Excel shows it; blank where all rows of the workbook are meant), field, kind, sets_aside (`row` or `cell`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from .broken_rows import ERROR, add_broken, broken, fresh_key
from .broken_units import add_broken_units
from .error_kinds import ERROR_KINDS
from .random_policies import random_assignments, random_policies, random_policy
from .random_rows import Office, WorkbookWriter
from .random_units import random_units
from .tables import FIELDS
from .values import UNIT_ID

ERROR_COLUMNS = ("unit_id", "year", "table", "row", "field", "kind", "sets_aside")


@dataclass(frozen=True)
class Recipe:
    """What to generate. `error_kinds` (of ERROR_KINDS) switches single kinds on, each then happens at least once.

    `density` is about how many rows an office writes to a table in a year.
    """

    seed: int
    units: int = 30
    years: tuple[int, ...] = (2023, 2024, 2025)
    error_rate: float = 0.0
    error_kinds: tuple[str, ...] | None = None
    density: int = 6


@dataclass
class World:
    """The generated tables, by table and by (unit, year) and table."""

    reference: dict[str, list[dict]]
    collected: dict[tuple[str, int], dict[str, list[dict]]] = field(default_factory=dict)


def generate(data_dir: Path | str, **recipe) -> Path:
    """Write a random data set below `data_dir` and return it; `recipe` are the fields of `Recipe`."""
    chosen = Recipe(**recipe)
    unknown = set(chosen.error_kinds or ()) - set(ERROR_KINDS)
    if unknown:
        raise ValueError(f"no error kind: {sorted(unknown)}")
    rng = Random(chosen.seed)
    world = _world(rng, chosen, Breaker(rng, chosen))
    _write(Path(data_dir), world, bom=rng.random() < 0.3)
    return Path(data_dir)


class Breaker:
    """Chooses which errors happen."""

    def __init__(self, rng: Random, recipe: Recipe):
        self.rng, self.recipe = rng, recipe
        self.enabled = (recipe.error_kinds or tuple(ERROR_KINDS)) if recipe.error_rate > 0 else ()
        self.owed = set(recipe.error_kinds or ()) if recipe.error_rate > 0 else set()

    def kinds(self, table: str, rows: int) -> list[str]:
        """Error kinds to add to a table of so many rows; a kind named in the recipe at least once."""
        offered = [kind for kind in self.enabled if ERROR_KINDS[kind] == table]
        if not offered:
            return []
        owed = sorted(self.owed.intersection(offered))
        self.owed.difference_update(owed)
        return owed + [self.rng.choice(offered) for _ in range(rows) if self.rng.random() < self.recipe.error_rate]

    def has(self, kind: str) -> bool:
        return kind in self.enabled


def _world(rng: Random, recipe: Recipe, breaker: Breaker) -> World:
    units = random_units(rng, recipe.units)
    add_broken_units(rng, units, breaker.kinds("units", len(units)))
    policies = random_policies(rng, min(40, 16 + recipe.units // 15))
    for number, kind in enumerate(breaker.kinds("policies", len(policies)), start=1):
        base = random_policy(rng, rng.choice(policies)["policy_id"])
        base = base | {"adoption_date": "", "withdrawn_date": ""} if "adopted" in kind else base
        new = broken(rng, kind, base, {"policy_id": f"CSE-{number:03d}"})
        add_broken(policies, new, rng, at_end="duplicate" in kind)
    unit_ids = list(dict.fromkeys(row["unit_id"] for row in units if UNIT_ID.fullmatch(str(row["unit_id"]))))
    policy_ids = list(dict.fromkeys(row["policy_id"] for row in policies if row["policy_id"]))
    assignments = random_assignments(rng, policy_ids, unit_ids)
    pairs = [(policy, unit) for policy in policy_ids for unit in unit_ids]
    _break_table(rng, "assignments", assignments, breaker=breaker, pairs=pairs)
    world = World({"units": units, "policies": policies, "assignments": assignments})
    levels = {row["unit_id"]: row["level"] for row in reversed(units)}
    for unit_id in unit_ids + (["KHONG-01"] if breaker.has("unknown_unit:units") else []):
        for year in recipe.years:
            if rng.random() < 0.85:
                office = Office(unit_id, levels.get(unit_id, "commune"), year, recipe.density)
                world.collected[unit_id, year] = WorkbookWriter(rng, office, policies).tables()
    for (_, year), tables in world.collected.items():
        for table, rows in tables.items():
            _break_table(rng, table, rows, breaker=breaker, year=year)
        _refer_to_broken_tasks(rng, tables)
    return world


def _break_table(rng: Random, table: str, rows: list[dict], **context) -> None:
    """Add broken rows to one table; they are made from its clean rows, so an empty table stays empty."""
    clean = list(rows)
    if not clean:
        return
    for kind in context["breaker"].kinds(table, len(clean)):
        key = fresh_key(rng, table, rows, year=context.get("year", 0), pairs=context.get("pairs", ()))
        if key:
            new = broken(rng, kind, rng.choice(clean), key)
            add_broken(rows, new, rng, at_end="duplicate" in kind)


def _refer_to_broken_tasks(rng: Random, tables: dict[str, list[dict]]) -> None:
    """Products of tasks that are set aside: errors do not spread, so these are no errors."""
    for task in tables.get("tasks", ()):
        if task.get("task_id", "").startswith("ER-") and rng.random() < 0.7:
            number = len(tables.setdefault("products", [])) + 1
            product = {"product_id": f"SE-{number:03d}", "task_id": task["task_id"], "kind": "report"}
            tables["products"].append(product | {"issued_date": f"{rng.randint(2023, 2025)}-05-05"})


def _write(data_dir: Path, world: World, *, bom: bool) -> None:
    errors = []
    for table, rows in world.reference.items():
        _write_table(data_dir / "reference", table, rows, bom=bom)
        errors += _errors(table, rows)
    for (unit_id, year), tables in world.collected.items():
        folder = data_dir / "collected" / str(year) / unit_id
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in tables.items():
            _write_table(folder, table, rows, bom=bom)
            errors += [error | {"unit_id": unit_id, "year": str(year)} for error in _errors(table, rows)]
    errors += _errors_of_whole_workbooks(world)
    with (data_dir / "expected_errors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ERROR_COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(errors)


def _write_table(folder: Path, table: str, rows: list[dict], *, bom: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    encoding = "utf-8-sig" if bom else "utf-8"
    with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(FIELDS[table]), restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _errors(table: str, rows: list[dict]) -> list[dict[str, str]]:
    found = []
    for line, row in enumerate(rows, start=2):
        if ERROR in row:
            name, kind, aside = row[ERROR]
            found.append({"table": table, "row": str(line), "field": name, "kind": kind, "sets_aside": aside})
    return found


def _errors_of_whole_workbooks(world: World) -> list[dict[str, str]]:
    """Workbooks of units that are unknown, or set aside and so treated as unknown."""
    first: dict[str, dict] = {}
    for row in world.reference["units"]:
        first.setdefault(row["unit_id"], row)
    known = {name for name, row in first.items() if row.get(ERROR, ("", "", "cell"))[2] == "cell"}
    whole = {"field": "unit_id", "kind": "unknown_unit", "sets_aside": "row"}
    return [{"unit_id": unit, "year": str(year), **whole} for unit, year in world.collected if unit not in known]
