"""results.csv beside the oracle's rows, as readable differences."""

from __future__ import annotations

import csv
from pathlib import Path

from .recompute import COLUMNS


def read_results(path: Path | str) -> list[dict[str, str]]:
    """The rows of a results.csv; ValueError when its columns are not those of indicators.md."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"columns are {reader.fieldnames}")
        return list(reader)


def differences(expected: list[dict[str, str]], found: list[dict[str, str]]) -> list[str]:
    """One line for each cell, row or place in the order that differs; of `note` only whether there is one."""
    by_key = {(row["unit_id"], row["indicator_id"]): row for row in found}
    order = [(row["unit_id"], row["indicator_id"]) for row in expected]
    lines = [f"{key}: not expected" for key in by_key if key not in set(order)]
    for key, row in zip(order, expected, strict=True):
        other = by_key.get(key)
        if other is None:
            lines.append(f"{key}: missing")
            continue
        for name in COLUMNS[:-1]:
            if row[name] != other[name]:
                lines.append(f"{key} {name}: expected {row[name]!r}, found {other[name]!r}")
        if row["note"] and not other["note"]:
            lines.append(f"{key} note: expected one on rows set aside")
    if not lines and order != [(row["unit_id"], row["indicator_id"]) for row in found]:
        lines.append("rows are in another order")
    return lines
