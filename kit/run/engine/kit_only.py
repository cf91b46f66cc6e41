"""Does a notebook do nothing but open a report of the kit and show its parts? Read from its code, before it runs.

Such cells can change nothing of the process but their own variables, so that the process may run another such notebook
afterwards (``kit.run.engine.child``). Whatever is not plainly of this kind – an import, an attribute set, a magic, a
calculation of the reader's own – has a process for itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache

_ASKED = {"pick", "open_report"}  # functions of the kit that such a notebook may call
_REPORT = "open_report"  # whose result has methods that show a part


def calls_only_the_kit(cells: Iterable[str]) -> bool:
    """Whether the sources of a notebook's code cells are of that kind, taken together and in their order."""
    reports: set[str] = set()  # names that stand for a report
    return all(_is_known(statement, reports) for source in cells for statement in _statements(source)) and bool(reports)


@lru_cache(maxsize=256)
def _statements(source: str) -> tuple[ast.stmt | None, ...]:
    """The statements of a cell; one None for what is not Python (magics, commands of a shell)."""
    try:
        return tuple(ast.parse(source).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return (None,)


def _is_known(statement: ast.stmt | None, reports: set[str]) -> bool:
    match statement:
        case ast.Import(names=[ast.alias(name="kit", asname=None)]):
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=part)) as call):
            return name in reports and not part.startswith("_") and _has_plain_arguments(call)
        case ast.Assign(targets=[target], value=value):
            names = [one.id for one in _parts(target) if isinstance(one, ast.Name) and _may_be_set(one.id)]
            if len(names) != len(_parts(target)):
                return False
            reports.difference_update(names)
            if _function(value) == _REPORT:
                reports.update(names)
            return isinstance(value, ast.Constant) or bool(_function(value))
    return False


def _parts(target: ast.expr) -> list[ast.expr]:
    return target.elts if isinstance(target, ast.Tuple) else [target]


def _may_be_set(name: str) -> bool:
    return name != "kit" and not name.startswith("_")


def _function(value: ast.expr) -> str:
    """The function of the kit that an expression calls; blank when it is another expression."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="kit"), attr=name)) as call:
            return name if name in _ASKED and _has_plain_arguments(call) else ""
    return ""


def _has_plain_arguments(call: ast.Call) -> bool:
    given = [*call.args, *(one.value for one in call.keywords)]
    return all(isinstance(one, (ast.Constant, ast.Name)) for one in given)
