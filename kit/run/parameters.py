"""Parameters of a notebook: what its tagged cell declares, and whether what is given fits. No papermill here."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from kit.errors import UsageError, suggestion

TAG = "parameters"
_NAMES = {
    str: "a text",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a dict",
}
_DATES = {"date": datetime.date, "datetime": datetime.datetime}
_ANNOTATED = {kind.__name__: kind for kind in _NAMES} | _DATES


@dataclass(frozen=True)
class Declared:
    """A declared parameter: its default as source, and the type it asks for (None: any)."""

    default: str
    kind: type | None


def declared_parameters(nb: Mapping[str, Any]) -> dict[str, Declared] | None:
    """Parameters that a notebook declares in its tagged cell; None when it has no such cell."""
    cells = [cell for cell in nb["cells"] if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", ())]
    if not cells:
        return None
    found: dict[str, Declared] = {}
    for cell in cells:
        for node in _statements("".join(cell["source"])):
            if isinstance(node, ast.Assign):
                names, annotation = [one.id for one in node.targets if isinstance(one, ast.Name)], None
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names, annotation = [node.target.id], node.annotation
            else:
                continue
            value = node.value
            kind = _kind(value, annotation)
            found.update({name: Declared(ast.unparse(value) if value else "", kind) for name in names})
    return found


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:  # a magic, say: the cell itself will tell
        return []


def _kind(value: ast.expr | None, annotation: ast.expr | None) -> type | None:
    """The type of a default: of a literal, of ``date(…)``, or what an annotation says of an empty one."""
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func).split(".")
        return next((kind for name, kind in _DATES.items() if name in called), None)
    try:
        found = ast.literal_eval(value) if value is not None else None
    except ValueError:
        return None
    if found is None:
        return _ANNOTATED.get(ast.unparse(annotation)) if annotation is not None else None
    return type(found) if type(found) in _NAMES else None


def checked_parameters(nb: Mapping[str, Any], given: Mapping[str, Any], name: str = "the notebook") -> dict[str, Any]:
    """Return what to inject: dates as the notebook wants them, everything else as given.

    ``name`` is the notebook's file name. Raises ``UsageError`` for a parameter that is not declared, or whose value is
    not of the type of its default.
    """
    declared = declared_parameters(nb) or {}
    for one in given:
        if one not in declared:
            allowed = f"allowed: {', '.join(declared)}" if declared else "it declares none"
            raise UsageError(f"{name} has no parameter '{one}'{suggestion(one, declared)}; {allowed}.")
    return {one: _fitting(one, value, declared[one], name=name) for one, value in given.items()}


def _fitting(one: str, value: Any, declared: Declared, *, name: str) -> Any:
    kind = declared.kind
    if kind is None:
        return value
    if kind is str and isinstance(value, (datetime.date, PurePath)):
        return value.isoformat() if isinstance(value, datetime.date) else value.as_posix()
    if kind in _DATES.values():
        return _date(one, value, kind, name=name)
    alike = {float: (float, int), list: (list, tuple)}.get(kind, kind)
    if isinstance(value, alike) and not (isinstance(value, bool) and kind in (int, float)):
        return value
    hint = f"; write -r {one} {value} to have it taken as a text" if kind is str and _plain(value) else ""
    raise UsageError(
        f"Parameter '{one}' of {name} is {_NAMES[kind]} such as {declared.default}, found {value!r}{hint}."
    )


def _plain(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _date(one: str, value: Any, kind: type, *, name: str) -> Any:
    if isinstance(value, kind):
        return value
    try:
        return kind.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(f"Parameter '{one}' of {name} is a date such as 2024-06-30, found {value!r}.") from None
