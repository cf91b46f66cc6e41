"""The plan's declared targets beside the Scheme's own."""

from __future__ import annotations

from collections.abc import Iterator

from kit.collect.raw import Problem
from kit.params import PlanParams
from kit.validation.marks import FileMark
from kit.validation.wording import shown


def target_marks(params: PlanParams) -> Iterator[FileMark]:
    """A declared target lower than the Scheme's for the year ("chỉ tiêu thấp hơn Đề án", Quyết định 407/QĐ-TTg)."""
    from kit.indicators.catalog import INDICATORS

    for name, target in params.targets.items():
        indicator = INDICATORS[name]
        national = indicator.national_target(params.plan_year)
        if national is None or not (target > national if indicator.smaller_is_better else target < national):
            continue
        declared = shown(float(target))
        args = {"indicator": name, "indicator_title": indicator.title, "declared": declared, "year": params.plan_year}
        args |= {"national": shown(float(national)), "unit": indicator.unit}
        field = f"targets.{name}"
        yield FileMark(Problem("target-below-scheme", "", field=field, key=name, value=declared, args=args))
