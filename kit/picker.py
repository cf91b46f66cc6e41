"""Drop-down lists for the parameters of a notebook, in JupyterLab only: ``period, unit = kit.pick(...)``.

Everywhere else – papermill, nbconvert, ``kit run``, a terminal – the values come back as given and nothing is shown, so
the parameters cell alone decides what a batch reports on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from kit import paths, session
from kit.errors import KitError, UsageError, suggestion
from kit.params import load_plan_params
from kit.periods import parse_period
from kit.report import words
from kit.schema.load import load_schema

PICKED = ("period", "unit", "indicator", "level")
_CHOICES = "_kit_choices"  # in the notebook's own variables: {name: (value of the parameters cell, value chosen)}
_SESSION = "JPY_SESSION_NAME"  # environment: what Jupyter Server gives the kernel of an open notebook, and only to it
_INJECTED = "# Parameters\n"  # how the cell begins that papermill adds
_LABELS = {"period": "Kỳ báo cáo", "unit": "Đơn vị", "indicator": "Chỉ số", "level": "Cấp"}
_KINDS = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "Y", *(f"M{month:02d}" for month in range(1, 13)))
_HINT = "Chọn xong, bấm vào ô dưới rồi chọn <b>Run → Run Selected Cell and All Below</b>."


def pick(*, plan: str = "params/plan-2024.yaml", data_dir: str = "data", **given: str) -> str | tuple[str, ...]:
    """Return the parameters named, in their order, as chosen in drop-down lists; a single one by itself.

    ``given`` are some of ``PICKED`` with the values of the parameters cell. A choice is kept while the notebook is
    open, also over *Run All*, until the parameters cell itself is changed. Raises ``UsageError`` for another name.
    """
    for name in given:
        if name not in PICKED:
            raise UsageError(f"Nothing to pick for '{name}'{suggestion(name, PICKED)}; allowed: {', '.join(PICKED)}.")
    names = _notebook_variables()
    if names is None:
        return _returned(given)
    choices = names.setdefault(_CHOICES, {})
    values = {name: _kept(choices, name, value) for name, value in given.items()}
    try:
        _show(values, _options(values, plan, data_dir), names)
    except (ImportError, KitError):  # no widgets, or parameters that the next cell will refuse with its own words
        return _returned(given)
    return _returned(values)


def _returned(values: Mapping[str, str]) -> str | tuple[str, ...]:
    made = tuple(values.values())
    return made[0] if len(made) == 1 else made


def _notebook_variables() -> MutableMapping[str, object] | None:
    """The variables of the notebook when a person has it open in JupyterLab; ``None`` in a batch."""
    if not os.environ.get(_SESSION) or "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    shell = get_ipython()
    if not hasattr(shell, "kernel") or any(cell.startswith(_INJECTED) for cell in shell.user_ns.get("In", ())):
        return None
    return shell.user_ns


class _Chosen(str):
    """A value out of a list, so that the same value typed into the parameters cell can be told from it."""

    __slots__ = ()


def _kept(choices: MutableMapping[str, tuple[str, str]], name: str, value: str) -> str:
    """What was chosen since the parameters cell had this value; the value itself when that cell was changed."""
    first, chosen = choices.get(name, (value, value))
    if value != first and not isinstance(value, _Chosen):
        choices.pop(name)
        return value
    return chosen


def _options(values: Mapping[str, str], plan: str, data_dir: str) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each parameter, as (label, value); the value at hand is always among them."""
    made = {name: _LISTED[name](values, paths.find(plan), data_dir) for name in values}
    for name, value in values.items():
        if value not in [code for _, code in made[name]]:
            made[name].insert(0, (value, value))
    return made


def _periods(values: Mapping[str, str], plan: Path, _: str) -> list[tuple[str, str]]:
    params = load_plan_params(plan)
    codes = [f"{params.plan_year}-{kind}" for kind in _KINDS]
    return [(words.period_title(parse_period(code, params.scheme)), code) for code in codes]


def _units(values: Mapping[str, str], plan: Path, data_dir: str) -> list[tuple[str, str]]:
    """The units valid on the period's last day, those below a unit set in under it."""
    from kit.report.overview import units_in_tree_order

    data = session.open_period(values.get("period", f"{load_plan_params(plan).plan_year}-Y"), str(plan), data_dir)
    names = dict(zip(data.units["unit_id"], data.units["name"], strict=True))
    parents = data.scope.tree.parent
    made = []
    for unit in units_in_tree_order(data):
        depth, above = 0, parents.get(unit)
        while above and depth < 9:
            depth, above = depth + 1, parents.get(above)
        made.append((f"{' ' * 4 * depth}{names[unit]} ({unit})", unit))
    return made


def _indicators(*_: object) -> list[tuple[str, str]]:
    from kit.indicators.catalog import INDICATORS

    return [(f"{one.id}. {one.title}", one.id) for one in INDICATORS.values()]


def _levels(*_: object) -> list[tuple[str, str]]:
    codes = load_schema().codelists["unit_level"].codes
    return [("Cấp thấp nhất", ""), *((label, code) for code, label in codes.items())]


_LISTED = {"period": _periods, "unit": _units, "indicator": _indicators, "level": _levels}


def _show(
    values: Mapping[str, str], options: Mapping[str, list[tuple[str, str]]], names: MutableMapping[str, object]
) -> None:
    import ipywidgets
    from IPython.display import display

    boxes = [
        ipywidgets.Dropdown(
            options=options[name],
            value=value,
            description=f"{_LABELS[name]}:",
            layout=ipywidgets.Layout(width="36rem", max_width="100%"),
            style={"description_width": "7rem"},
        )
        for name, value in values.items()
    ]
    choices, given = names[_CHOICES], {name: names[_CHOICES].get(name, (value,))[0] for name, value in values.items()}
    for name, box in zip(values, boxes, strict=True):
        box.observe(lambda change, name=name: _choose(names, choices, name, (given[name], change["new"])), "value")
    display(ipywidgets.VBox([*boxes, ipywidgets.HTML(_HINT)]))


def _choose(
    names: MutableMapping[str, object],
    choices: MutableMapping[str, tuple[str, str]],
    name: str,
    pair: tuple[str, str],
) -> None:
    """Keep a choice, and give it to the cells below at once."""
    first, chosen = pair[0], _Chosen(pair[1])
    choices[name], names[name] = (first, chosen), chosen
