"""Where notebooks run one after another in one process: put back what one of them may have changed.

What cannot be put back – a library whose functions a cell replaced – stays: where processes can fork, only notebooks
that cannot do such a thing (``kit.run.engine.kit_only``) share one.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import copy
import decimal
import gc
import locale
import logging
import os
import signal
import sys
import threading
import warnings
from typing import Any


class Kept:
    """The state of this process before its first notebook."""

    def __init__(self) -> None:
        import matplotlib as mpl
        import numpy as np
        from pandas._config import config as pandas_config

        self._pandas, self._rc, self._numpy = pandas_config, mpl.rcParams, np
        self._folder, self._environment = os.getcwd(), dict(os.environ)
        self._path, self._argv = list(sys.path), list(sys.argv)
        self._modules, self._builtins = set(sys.modules), dict(vars(builtins))
        self._settings = dict(dict.items(mpl.rcParams))
        self._options = copy.deepcopy(pandas_config._global_config)
        self._printing, self._errors = np.get_printoptions(), np.geterr()
        self._filters, self._context = list(warnings.filters), decimal.getcontext().copy()
        self._locale, self._limit = locale.setlocale(locale.LC_ALL), sys.getrecursionlimit()
        self._log = (logging.root.level, list(logging.root.handlers), logging.root.manager.disable)
        self._signals = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
        self._streams = (sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook)

    def put_back(self, shell: Any) -> bool:
        """Put everything back; False when threads or processes of the cells are left, so that this one must end."""
        self._close_shell(shell)
        self._interpreter()
        self._libraries()
        gc.collect()  # closes the files that cells left open
        gc.freeze()  # what is left stays: the next notebooks' collections need not look at it again
        return threading.active_count() == 1 and not _children()

    def _close_shell(self, shell: Any) -> None:
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()  # what the cells registered, and the end of the shell
        shell.user_ns.clear()
        shell.restore_sys_module_state()
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            vars(sys).pop(name, None)

    def _interpreter(self) -> None:
        os.chdir(self._folder)
        os.environ.clear()
        os.environ.update(self._environment)
        sys.path[:], sys.argv[:] = self._path, self._argv
        sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = self._streams
        for name in set(vars(builtins)) - set(self._builtins):
            delattr(builtins, name)
        vars(builtins).update(self._builtins)
        for name in set(sys.modules) - self._modules:
            if name.partition(".")[0] != "kit" and _is_local(sys.modules[name]):
                del sys.modules[name]
        for one, handler in self._signals.items():
            signal.signal(one, handler)
        warnings.filters[:] = self._filters
        warnings._filters_mutated()  # what was warned of once is warned of again
        logging.root.setLevel(self._log[0])
        logging.root.handlers[:], logging.root.manager.disable = self._log[1], self._log[2]
        decimal.setcontext(self._context.copy())
        locale.setlocale(locale.LC_ALL, self._locale)
        sys.setrecursionlimit(self._limit)
        sys.settrace(None)
        sys.setprofile(None)

    def _libraries(self) -> None:
        leave_shell()
        dict.update(self._rc, self._settings)
        self._pandas._global_config.clear()
        self._pandas._global_config.update(copy.deepcopy(self._options))
        self._numpy.set_printoptions(**self._printing)
        self._numpy.seterr(**self._errors)


def leave_shell() -> None:
    """Have matplotlib forget the shell it draws for: it joins that of the next notebook when it is used there."""
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close("all")
        pyplot._backend_mod = None
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    if (inline := sys.modules.get("matplotlib_inline.config")) is not None:
        inline.InlineBackend.clear_instance()


def _is_local(module: Any) -> bool:
    """Whether a module lies beside a notebook: another notebook's folder may have one of the same name."""
    place = getattr(module, "__file__", None)
    return bool(place) and not os.path.abspath(place).startswith((sys.prefix, sys.base_prefix))


def _children() -> bool:
    """Whether processes that cells started are still running; those that have ended are taken off the list."""
    if os.name == "nt":
        return False
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return True
    return False
