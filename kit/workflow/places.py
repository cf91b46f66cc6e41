"""Where a command reads and writes, and which parameters it runs with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit.errors import UsageError
from kit.params import PlanParams, load_plan_params
from kit.paths import find
from kit.periods import Period, parse_period


@dataclass(frozen=True)
class Places:
    """Where a command reads and writes; ``params`` ``None`` means ``params/plan-<year>.yaml``."""

    data: Path
    params: Path | None
    out: Path

    @property
    def data_folder(self) -> Path:
        """The data folder. Raises ``UsageError`` when there is none."""
        folder = find(self.data)
        if not folder.is_dir():
            raise UsageError(f"There is no data folder '{self.data}'; name one with --data DIR.")
        return folder

    def params_file(self, year: int) -> Path:
        """The parameter file of a plan year. Raises ``UsageError`` when there is none."""
        path = find(self.params or Path("params") / f"plan-{year}.yaml")
        if not path.is_file():
            raise UsageError(
                f"There is no parameter file '{self.params or path.name}' for plan year {year}; "
                "copy params/plan-2024.yaml to it and edit it, or name another one with --params FILE."
            )
        return path


def period_and_params(code: str, places: Places) -> tuple[Period, PlanParams, Path]:
    """The scheme is in the parameters, and the parameter file is named by the period's year."""
    path = places.params_file(parse_period(code).year)
    params = load_plan_params(path)
    return params.period(code), params, path
