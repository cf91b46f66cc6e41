"""Fill before a fork what every report of a period would compute anew in each child.

Nothing here starts a thread and typst is not loaded, so that the process may still fork (design.md, "Speed").
"""

from __future__ import annotations

from kit.store import PeriodData


def acquaint() -> None:
    """Load what reports load on first use and that needs no data: declarations, forms of numbers, the calendar."""
    from kit.params import public_holidays
    from kit.report import words
    from kit.schema.load import load_schema
    from kit.validation.findings import load_catalogue

    load_catalogue(load_schema())
    words.number(1.5)
    public_holidays(2025)  # whichever year: loading what knows them is what takes time


def judge(data: PeriodData) -> None:
    """Judge the whole period's policies; what is judged stays with ``data``: a slice takes its part from there."""
    scope = data.scope
    if scope.tree.units:
        _ = scope.judgement.by_unit, scope.reported_units, scope.by_unit, scope.singled_out


def rehearse(data: PeriodData) -> None:
    """Build the blocks of one unit and of one with units below it, to be dropped.

    Formats, fonts, texts of the catalogue and numbers already printed stay with their modules. A report that cannot be
    built is left to tell so itself.
    """
    from kit.report.report import Report

    tree = data.scope.tree
    smallest = sorted(tree.units, key=lambda unit: (len(tree.subtree(unit)), unit))
    pooled = [unit for unit in smallest if len(tree.subtree(unit)) > 1]
    for unit in (*smallest[:1], *pooled[:1]):
        try:
            show(Report(data.slice(unit), unit))
        except Exception:  # whatever is wrong is found again, and said, in that unit's own notebook
            continue


def show(report) -> None:
    """Build and display every section of a report as its notebook does, to be dropped."""
    from kit.report.blocks import Block

    for name in _sections(report):
        made = getattr(report, name)()
        for block in (made,) if isinstance(made, Block) else made:
            block._repr_mimebundle_()


def _sections(report) -> list[str]:
    """The methods that return blocks: each is a cell of the notebook."""
    members = vars(type(report)).items()
    return [name for name, one in members if name[0] != "_" and _returns(one) in ("Block", "Blocks")]


def _returns(member) -> str:
    return getattr(member, "__annotations__", {}).get("return", "")
