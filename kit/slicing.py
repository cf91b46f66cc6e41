"""What one unit's report reads of a period: which rows, and one digest that changes exactly when they do.

Rows and digest come from the same positions, so what does not enter the digest cannot be read from the slice: a
report whose digest is unchanged would be built the same. An index is made once for all units.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kit.indicators.byunit import ByUnit, gathered, taken

if TYPE_CHECKING:
    from kit.store import PeriodData

SHORT = 16  # letters of the digests that only say what changed
_BESIDE = ("findings", "results", "series", "files")
_NOT_REPORTED = ("units", "issuers", "policies", "assignments", "results", "series")
_SEVERITIES = ("error", "warning", "note")


class SliceIndex:
    """The rows of every unit of a period, as positions in its frames.

    A slice has the rows that the unit, the units below it and those merged into them reported, with their findings,
    results and files; of the reference tables the rows of these units and of the line above them, the policies that
    any of these rows names or that they lead, and the unit's own lines of ``issuers``.
    """

    def __init__(self, data: PeriodData):
        self._data = data
        tree = data.scope.tree
        self.subtrees = {unit: list(group) for unit, group in tree.closure.groupby("unit_id", sort=False)["member"]}
        merged = defaultdict(list)
        for unit, receiver in tree.receiver.items():
            merged[receiver].append(unit)
        self.reporters = {
            unit: sorted(reporter for member in members for reporter in merged[member])
            for unit, members in self.subtrees.items()
        }

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """All frames that are cut: the tables of the schema and those beside them, by name."""
        beside = {name: getattr(self._data, name) for name in _BESIDE if hasattr(self._data, name)}
        return {**self._data.frames, **beside}

    def rows(self, unit_id: str) -> dict[str, np.ndarray]:
        """Positions of the unit's rows in each frame, ascending. Raises ``KeyError`` for a unit not valid on T."""
        subtree, reporters = self.subtrees[unit_id], self.reporters[unit_id]
        above = self._line_above([*subtree, *reporters])
        units = dict.fromkeys([*reporters, *subtree, *above])
        whose: dict[str, Iterable[str]] = {"results": subtree, "series": subtree, "issuers": (unit_id,)}
        whose["units"] = dict.fromkeys([*units, *self._heirs.get(unit_id, ())])  # it is named
        whose["council_members"] = units  # a member is looked up in the lists of the units above
        found = {name: gathered(owned.places, whose.get(name, reporters)) for name, owned in self._by_unit.items()}
        if "policies" in self.frames:
            found["policies"] = self._policies(found, units=set(reporters) | set(subtree))
        return found

    def cut(self, unit_id: str) -> dict[str, pd.DataFrame]:
        """The unit's rows of each frame, numbered from 0. Raises ``KeyError`` for a unit not valid on T."""
        found = {}
        for name, places in self.rows(unit_id).items():
            owned = self._by_unit.get(name)
            rows = owned.rows(places) if owned else taken(self.frames[name], places)
            rows.index = pd.RangeIndex(len(rows))
            found[name] = rows
        return found

    def digests(self, unit_id: str) -> dict[str, str]:
        """One digest for each frame of the slice."""
        return {name: self._digest(name, places) for name, places in self.rows(unit_id).items()}

    def own_digest(self, unit_id: str) -> str:
        """A digest of what one unit alone reported, valid on T or not: says which unit's data changed."""
        names = sorted(name for name in self._by_unit if name not in _NOT_REPORTED)
        parts = [self._digest(name, gathered(self._by_unit[name].places, (unit_id,))) for name in names]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:SHORT]

    def quality(self, unit_id: str) -> dict[str, Any]:
        """Numbers of findings in the slice by severity, and the verdict: the gravest severity, or ``clean``."""
        places = gathered(self._by_unit["findings"].places, self.reporters[unit_id])
        return verdict(self.frames["findings"]["severity"].iloc[places])

    def _digest(self, name: str, places: np.ndarray) -> str:
        return hashlib.sha256(self._signatures[name] + self._hashes[name][places].tobytes()).hexdigest()

    @cached_property
    def _by_unit(self) -> dict[str, ByUnit]:
        """Every frame but the policies, by unit."""
        column = dict.fromkeys((*_NOT_REPORTED, "findings", "files"), "unit_id")
        return {
            name: ByUnit(frame, column.get(name, "_unit")) for name, frame in self.frames.items() if name != "policies"
        }

    @cached_property
    def _hashes(self) -> dict[str, np.ndarray]:
        """One number for each row's values; the same on every machine."""
        return {name: _row_hashes(frame) for name, frame in self.frames.items()}

    @cached_property
    def _signatures(self) -> dict[str, bytes]:
        return {name: json.dumps(list(map(str, frame.columns))).encode() for name, frame in self.frames.items()}

    @cached_property
    def _links(self) -> dict[str, list[str]]:
        """Unit → the units that stand above it or after it in the table of units."""
        units, state = self.frames["units"], self._data.scope.tree.state
        links: dict[str, list[str]] = defaultdict(list)
        for unit, parent, heir in zip(units["unit_id"], units["parent_id"], units["successor_id"], strict=True):
            links[unit] += [parent] if isinstance(parent, str) else []
            links[unit] += [heir] if isinstance(heir, str) and state.get(unit) != "valid" else []
        return links

    @cached_property
    def _heirs(self) -> dict[str, tuple[str, ...]]:
        """Unit → the one that will follow it, for units that have a day on which they end."""
        units = self.frames["units"]
        pairs = zip(units["unit_id"], units["successor_id"], strict=True)
        return {unit: (heir,) for unit, heir in pairs if isinstance(heir, str)}

    def _line_above(self, units: Iterable[str]) -> dict[str, None]:
        """All units above the given ones, through those that have been merged."""
        met: dict[str, None] = {}
        waiting = list(units)
        while waiting:
            for unit in self._links.get(waiting.pop(), ()):
                if unit not in met:
                    met[unit] = None
                    waiting.append(unit)
        return met

    @cached_property
    def _policy_codes(self) -> dict[str, np.ndarray]:
        """Frame → for each of its rows the code of the policy it names; -1 for none."""
        known = pd.Index(self.frames["policies"]["policy_id"].fillna("")).unique()
        frames = {name: frame for name, frame in self.frames.items() if "policy_id" in frame}
        return {name: known.get_indexer(frame["policy_id"].fillna("\0")) for name, frame in frames.items()}

    def _policies(self, rows: Mapping[str, np.ndarray], *, units: set[str]) -> np.ndarray:
        codes = self._policy_codes
        named = np.unique(np.concatenate([codes[name][places] for name, places in rows.items() if name in codes]))
        wanted = np.isin(codes["policies"], named[named >= 0])
        wanted[gathered(self._led, units)] = True
        return np.flatnonzero(wanted)

    @cached_property
    def _led(self) -> Mapping[str, np.ndarray]:
        """Unit → positions of the policies that it leads."""
        policies = self.frames["policies"]
        return policies.groupby("lead_unit_id", sort=False).indices if "lead_unit_id" in policies else {}


def verdict(severities: pd.Series) -> dict[str, Any]:
    """Count findings by severity: ``errors``, ``warnings``, ``notes`` and the ``verdict``."""
    found = Counter(severities.tolist())
    counts = {f"{severity}s": found[severity] for severity in _SEVERITIES}
    gravest = next((name for name, number in counts.items() if number and name != "notes"), "clean")
    return {**counts, "verdict": gravest}


def _row_hashes(frame: pd.DataFrame) -> np.ndarray:
    # Parquet keeps dates in another unit than the tables made; both must give the same number.
    dates = {name: "datetime64[s]" for name, kind in frame.dtypes.items() if kind.kind == "M"}
    return pd.util.hash_pandas_object(frame.astype(dates), index=False).to_numpy().astype("<u8")


def facts_digest(data: PeriodData, digests: Mapping[str, str]) -> str:
    """One digest of all that a report reads of the data: its rows, the plan's parameters, the period and the notice."""
    params = {item.name: _plain(getattr(data.params, item.name)) for item in fields(data.params)}
    facts = {"tables": dict(digests), "params": params, "period": _plain(data.period), "notice": data.notice}
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, (bool, int)) else str(value)
