"""results.csv computed a second time, from canonical CSV alone.

How doubtful places of the specification were read is listed in the docstring of this package.
"""

from __future__ import annotations

from pathlib import Path

from .exclusions import load_checked
from .figures import Figure, number_text, status
from .outreach import OutreachFigures
from .periods import Period, parse_period
from .policies import PolicyFigures
from .pool import Parameters, Pool
from .returns import ReturnFigures
from .tasks import TaskFigures
from .units import UnitTree

COLUMNS = (
    *("indicator_id", "unit_id", "period", "numerator", "denominator", "value", "unit"),
    *("target", "target_national", "status", "status_national", "n_records", "excluded_records", "note"),
)

INDICATORS = (
    *(f"CS-0{n}" for n in range(1, 8)),
    *(f"CD-0{n}" for n in range(1, 7)),
    *(f"NT-0{n}" for n in range(1, 10)),
    *("HD-01", "GY-01", "GY-02", "KP-01", "KT-01", "VM-01", "VM-02", "BC-01", "BC-02", "DL-01"),
)
SMALLER_IS_BETTER = {"CS-06", "CD-04"}


def national_target(indicator: str, year: int) -> int | None:
    """The Scheme's own target, which only CS-01 has (Quyết định 407/QĐ-TTg): 2022 70 %, from 2023 100 %."""
    if indicator != "CS-01" or year < 2022:
        return None
    return 70 if year == 2022 else 100


def recompute(data_dir: Path | str, period: str, **parameters) -> list[dict[str, str]]:
    """The rows of results.csv as text, sorted as there.

    `parameters` are those of `Parameters`: scheme, targets, start_grace_days, deadline_working_days, holidays,
    reading_date. `note` is filled only with the share of rows set aside, where above 20 %; its words are not the kit's.
    """
    chosen = Parameters(**parameters)
    span = parse_period(period, scheme=chosen.scheme)
    data = load_checked(Path(data_dir))
    pool = Pool(data, UnitTree(data, span.last), span, parameters=chosen)
    themes = [theme(pool) for theme in (PolicyFigures, TaskFigures, OutreachFigures, ReturnFigures)]
    results = []
    for unit in sorted(pool.tree.valid, key=lambda name: pool.tree.units[name].unit_id):
        figures = {key: figure for theme in themes for key, figure in theme.figures(unit).items()}
        for indicator in INDICATORS:
            records = themes[-1].records(unit, indicator)
            fixed = {"indicator_id": indicator, "unit_id": pool.tree.units[unit].unit_id, "period": span.code}
            results.append(fixed | _texts(indicator, figures[indicator], span, chosen) | _record_texts(*records))
    return results


def _texts(indicator: str, figure: Figure, span: Period, parameters: Parameters) -> dict[str, str]:
    target, national = parameters.targets.get(indicator), national_target(indicator, span.year)
    smaller = indicator in SMALLER_IS_BETTER
    return {
        "numerator": number_text(figure.numerator),
        "denominator": number_text(figure.denominator),
        "value": number_text(figure.value),
        "unit": figure.unit,
        "target": "" if target is None else number_text(float(target)),
        "target_national": number_text(national),
        "status": status(figure, target, smaller_is_better=smaller),
        "status_national": status(figure, national, smaller_is_better=smaller),
    }


def _record_texts(rows: int, excluded: int) -> dict[str, str]:
    note = f"{excluded}/{rows} bản ghi bị loại" if excluded * 5 > rows else ""
    return {"n_records": str(rows), "excluded_records": str(excluded), "note": note}


def found_errors(data_dir: Path | str) -> list[dict[str, str]]:
    """Every error the rules find: unit_id, year, table, row (as Excel shows it), field, kind, sets_aside."""
    data = load_checked(Path(data_dir))
    addressed = [("", "", row) for rows in data.reference.values() for row in rows]
    for workbook in data.workbooks:
        addressed += [
            (workbook.unit_id.upper(), str(workbook.year), row) for rows in workbook.tables.values() for row in rows
        ]
    return [
        {
            "unit_id": unit,
            "year": year,
            "table": row.table,
            "row": str(row.line),
            "field": fault.field,
            "kind": fault.kind,
            "sets_aside": "row" if fault.row else "cell",
        }
        for unit, year, row in addressed
        for fault in row.faults
    ]
