"""Plan-reporting kit: checks collected plan data, computes the plan's indicators, renders evaluation reports.

In a notebook: ``kit.open_period(...)`` for analysts, ``kit.open_report(...)`` for one unit's report. Importing the
package itself is light; pandas and the rest are loaded when one of these is first used.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_LAZY = {
    "open_period": "kit.session",
    "open_report": "kit.session",
    "open_check": "kit.session",
    "open_comparison": "kit.session",
    "pick": "kit.picker",
    "trace": "kit.session",
}
__all__ = ["__version__", *_LAZY]


def __getattr__(name: str):
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'kit' has no attribute '{name}'")
