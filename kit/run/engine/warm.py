"""Load before the first fork what every notebook would load anew: libraries, fonts, formats, a period's data."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from kit.errors import KitError
from kit.run.engine.child import INLINE
from kit.run.engine.fresh import leave_shell
from kit.run.engine.wire import Wire

# Read once, when numpy and pyarrow are imported: neither then starts threads of its own.
_NO_THREADS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def load(wire: Wire):
    """Import, warm up and freeze; return the shell that the children will use.

    A process forked from one that has done so takes only a shell of its own.
    """
    load_libraries()
    _set_path()
    shell = new_shell(wire)
    _first_cell(shell)
    atexit._clear()  # what cells register runs at the end of their notebook, and nothing else
    freeze()
    return shell


@cache
def load_libraries() -> None:
    """Import and warm up once what notebooks use."""
    before = {name: os.environ.get(name) for name in _NO_THREADS}
    os.environ.update(_NO_THREADS)
    os.environ.setdefault("MPLBACKEND", INLINE)
    import numpy  # noqa: F401
    import pyarrow  # noqa: F401

    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    _set_path()
    nobody = os.open(os.devnull, os.O_RDWR)
    with new_shell(Wire(nobody, nobody)).builtin_trap:  # pandas looks when it is imported whether it is in a notebook
        _import_kit()
        _draw()
        _format()


def new_shell(wire: Wire):
    """A shell with an empty namespace, its messages going over the wire."""
    from kit.run.engine.shell import encode, open_shell

    wire.encode = encode
    return open_shell(wire.show)


def _first_cell(shell) -> None:
    """Have a shell load and make what it would at its first cell, in every child anew."""
    import bdb  # noqa: F401

    import IPython.core.logger  # noqa: F401

    shell.transform_cell("0")
    shell.display_formatter.format(0)


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

    import kit.picker
    import kit.report.report
    import kit.report.returns
    import kit.run.issue_files
    import kit.session  # noqa: F401
    from kit.report.warm import acquaint

    acquaint()


def _draw() -> None:
    """Find the fonts and load what drawing loads, leaving pyplot's state and settings as they are at a start."""
    import io

    import matplotlib.pyplot  # noqa: F401
    import matplotlib_inline.backend_inline  # noqa: F401
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    for canvas in (FigureCanvasAgg, FigureCanvasSVG):
        figure = Figure()
        figure.add_subplot().plot([1, 2], label="Hà Nội")
        canvas(figure).print_figure(io.BytesIO(), bbox_inches="tight")
    leave_shell()


def _format() -> None:
    """Load what pandas loads when it shows its first table."""
    import pandas as pd

    pd.DataFrame({"a": [1.5], "b": ["x"]})._repr_html_()


def preload(request: Mapping[str, Any]) -> str:
    """Open a period's data for all notebooks to come; return what went wrong, or an empty text."""
    from kit import session
    from kit.report.warm import rehearse

    wanted = {name: request[name] for name in ("period", "plan", "out")}
    try:
        os.chdir(request["cwd"])
        os.environ[session.OUT] = request["out"]
        data = session.read_for_keeping(**wanted)
        session.keep(data, **wanted, data_dir=request["data_dir"])
        rehearse(data)
    except Exception as error:
        return f"{error}" if isinstance(error, KitError) else f"{type(error).__name__}: {error}"
    freeze()
    return ""
