"""What notebooks call: open a period or a report, building the period's store first when it is absent or stale.

The store is built in a subprocess, because checking imports Great Expectations (8 s) and a notebook never should.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kit import paths
from kit.digests import code_and_params, input_key, stored_key
from kit.errors import EngineError, UsageError, suggestion
from kit.params import load_plan_params
from kit.store import PeriodData, read_store

if TYPE_CHECKING:
    from kit.report.comparison import Comparison
    from kit.report.issues import Issues
    from kit.report.report import Report
    from kit.report.returns import Returns
    from kit.report.trace import Trace

PARAMETERS = ("period", "unit", "plan", "data_dir", "edition", "indicator", "level")
OUT = "KIT_OUT"  # environment: where the run that executes this notebook puts its reports


def open_period(period: str, plan: str = "params/plan-2024.yaml", data_dir: str = "data") -> PeriodData:
    """Return tables, findings and results of a period, all units together.

    Raises ``UsageError`` for a mistyped parameter, an unknown period or a missing file.
    """
    _require_parameters({"period": period, "plan": plan, "data_dir": data_dir})
    return _open(period, paths.find(plan), paths.find(data_dir), _out())


def open_check(period: str, plan: str = "params/plan-2024.yaml", data_dir: str = "data") -> Returns:
    """Return the returns of a period: who has sent, in time or not, with which errors; as ``open_period``."""
    import pandas as pd

    from kit.report.returns import Returns

    # Messages and lists of units are shown whole, not cut after 50 characters and 60 rows.
    pd.set_option("display.max_colwidth", None, "display.max_rows", 1000)
    return Returns(open_period(period, plan, data_dir))


def open_report(
    period: str, unit: str, plan: str = "params/plan-2024.yaml", data_dir: str = "data", edition: str = "internal"
) -> Report:
    """Return the evaluation report of one unit; its methods are the sections. ``edition``: ``internal``, ``public``.

    Raises ``UsageError`` for an unknown unit, or one not valid on the period's last day (naming its successor), and
    ``DeclarationError`` for an issue under ``data/issued/`` that is damaged.
    """
    from kit.report.report import Report

    _require_parameters({"period": period, "unit": unit, "plan": plan, "data_dir": data_dir, "edition": edition})
    data = _shared(period, paths.find(plan), paths.find(data_dir), _out())
    own = data.slice(require_unit(data, unit))
    return Report(own, unit, edition, _issues(data, unit, paths.find(data_dir)))


def open_comparison(
    period: str, indicator: str = "CS-01", level: str = "", plan: str = "params/plan-2024.yaml", data_dir: str = "data"
) -> Comparison:
    """Return the units of a level (code; blank: the lowest) beside each other on an indicator and over time.

    Raises ``UsageError`` for an unknown indicator or level; otherwise as ``open_period``.
    """
    from kit.report.comparison import Comparison

    _require_parameters({"indicator": indicator, "level": level})
    return Comparison(open_period(period, plan, data_dir), indicator, level)


def trace(indicator: str, unit: str, period: str, plan: str = "params/plan-2024.yaml", data_dir: str = "data") -> Trace:
    """Return one figure with everything it rests on: definition, counted rows with their addresses, rows left out.

    Raises ``UsageError`` for an unknown indicator or unit; otherwise as ``open_period``.
    """
    from kit.report.trace import Trace

    data = open_period(period, plan, data_dir)
    return Trace(data, indicator, require_unit(data, unit))


def _issues(data: PeriodData, unit: str, data_dir: Path) -> Issues:
    """The approved issues of a report, with the digest of its data now: the one that its manifest has."""
    from kit.report.issues import Issues
    from kit.run.issue_files import data_digest, load_issues

    known = load_issues(data_dir, data.period.code, unit)
    store = paths.PeriodPaths(_out(), data.period.code).store
    return Issues(known, data_digest(store, unit) if known else "")


def require_unit(data: PeriodData, unit: str) -> str:
    """Return the unit when it is valid on T; otherwise raise ``UsageError`` with a suggestion or its successor."""
    tree = data.scope.tree
    if unit in tree.units:
        return unit
    if unit not in tree.state:
        raise UsageError(f"There is no unit '{unit}'{suggestion(unit, tree.units)}.")
    day = f"{data.period.cutoff:%d/%m/%Y}"
    if tree.state[unit] == "future":
        raise UsageError(f"Unit {unit} does not exist yet on {day}, the last day of {data.period.code}.")
    heir = tree.receiver.get(unit)
    told = f"its successor is {heir}: ask for that unit" if heir else "it has no successor on that day"
    raise UsageError(f"Unit {unit} no longer exists on {day}, the last day of {data.period.code}; {told}.")


_kept: dict[tuple[str, str, str, str], PeriodData] = {}


def read_for_keeping(period: str, plan: str, out: str) -> PeriodData:
    """Read the store that a run has just made or found current, with what every report computes first.

    The collected files are not looked at again: the run has, and holds the lock of the period's folder. Raises
    ``EngineError`` when parameters or code are no longer those the store was made with.
    """
    from kit.report.warm import judge

    place = paths.find(plan)
    params = load_plan_params(place)
    asked = params.period(period)
    store = paths.PeriodPaths(Path(out), asked.code).store
    key = stored_key(store)
    if any(key.get(name) != digest for name, digest in code_and_params(place).items()):
        raise EngineError("The plan parameters or the kit itself changed while reports were being built; run again.")
    data = read_store(store, asked, params)
    judge(data)
    return data


def keep(data: PeriodData, period: str, plan: str, data_dir: str, out: str) -> None:
    """Have ``open_period`` and ``open_report`` return these data, for as long as this process or a fork of it lives.

    Nothing is looked at again: a run builds all its reports on the data it began with.
    """
    _kept[_key(period, paths.find(plan), paths.find(data_dir), Path(out))] = data


def _key(period: str, plan: Path, data_dir: Path, out: Path) -> tuple[str, str, str, str]:
    return period, str(plan), str(data_dir), str(out.absolute())


def _own_copy(data: PeriodData) -> PeriodData:
    """The same data in frames of their own: what a notebook changes stays in that notebook."""
    frames = {name: frame.copy(deep=False) for name, frame in data.frames.items()}
    tables = {name: getattr(data, name).copy(deep=False) for name in ("findings", "results", "files", "series")}
    copied = replace(data, frames=frames, **tables)
    vars(copied).update({name: vars(data)[name] for name in ("scope", "index") if name in vars(data)})
    return copied


def _open(period: str, plan: Path, data_dir: Path, out: Path) -> PeriodData:
    return _own_copy(_shared(period, plan, data_dir, out))


def _shared(period: str, plan: Path, data_dir: Path, out: Path) -> PeriodData:
    """The period's data, those that are kept where they are; who asks takes a slice or a copy."""
    if (kept := _kept.get(_key(period, plan, data_dir, out))) is not None:
        return kept
    params = load_plan_params(plan)
    asked = params.period(period)
    if not data_dir.is_dir():
        raise UsageError(f"There is no data folder '{data_dir.name}'; name one with the parameter data_dir.")
    store = paths.PeriodPaths(out, asked.code).store
    if stored_key(store) != input_key(data_dir, plan):
        _build(asked.code, plan, data_dir, out)
    return read_store(store, asked, params)


def _build(period: str, plan: Path, data_dir: Path, out: Path) -> None:
    command = [sys.executable, "-m", "kit", "run", period, "--formats", "none"]
    command += ["--params", str(plan), "--data", str(data_dir), "--out", str(out)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}
    )
    if done.returncode == 2:
        raise UsageError(done.stderr.strip())
    if done.returncode:
        raise EngineError(f"The data of {period} could not be prepared: {done.stderr.strip()}")


def _out() -> Path:
    given = os.environ.get(OUT)
    return Path(given) if given else paths.project_folder() / "reports"


def _require_parameters(given: dict[str, object]) -> None:
    for name, value in given.items():
        if not isinstance(value, (str, os.PathLike)):
            raise UsageError(f"Parameter '{name}' is a text such as {_EXAMPLES[name]!r}, found {value!r}.")
    for name in _injected():
        if name not in PARAMETERS:
            raise UsageError(
                f"Unknown parameter '{name}'{suggestion(name, PARAMETERS)}; allowed: {', '.join(PARAMETERS)}."
            )


_EXAMPLES = {"period": "2024-H1", "unit": "XA-01", "plan": "params/plan-2024.yaml", "data_dir": "data"}
_EXAMPLES |= {"edition": "internal", "indicator": "CS-01", "level": "commune"}


def _injected() -> list[str]:
    """Names that papermill's injected cell assigns in this kernel (papermill itself only warns of unknown ones)."""
    shell = _shell()  # not kept: notebooks that run one after another in a process have a shell each
    sources = shell.user_ns.get("In", []) if shell else []
    cells = [ast.parse(source) for source in sources if source.startswith("# Parameters\n")]
    nodes = [node for cell in cells for node in cell.body if isinstance(node, ast.Assign)]
    return [target.id for node in nodes for target in node.targets if isinstance(target, ast.Name)]


def _shell():
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()
