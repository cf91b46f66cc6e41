"""A cell that dies, hangs or takes everything fails its own notebook; the warm process and the next are unharmed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from kit.run.engine import worker
from tests.run.engine_cells import forked_ahead, notebook, run, texts

needs_fork = pytest.mark.skipif(not worker.may_fork(), reason="no fork here")


@pytest.fixture(autouse=True)
def unharmed():
    """The same warm process as before serves the next notebook, and nothing of the bad one is left."""
    with worker.shared() as before:
        pass
    yield
    assert texts(run("import os; os.path.basename('còn/sống')")) == ["'sống'"]
    with worker.shared() as after:
        assert after is before
        assert forked_ahead(after.pid)


@needs_fork
@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        (
            "import os, threading; threading.Timer(0.05, os._exit, (4,)).start()\nwhile True: print('x' * 9999)",
            "code 4",
        ),
    ],
)
def test_a_cell_that_kills_its_process_is_a_dead_kernel(tmp_path, cell, reason):
    out = tmp_path / "out.ipynb"
    with pytest.raises(DeadKernelError, match=reason):
        papermill.execute_notebook(notebook(["1 + 1", cell, "3"]), out, engine_name="kit", progress_bar=False)
    left = nbformat.read(out, as_version=4)
    assert "An Exception was encountered" in left.cells[0].source
    assert [cell.metadata.papermill.status for cell in left.cells[1:] if "papermill" in cell.metadata] == [
        "completed",
        "failed",
        "pending",
    ]


@needs_fork
def test_endless_allocation_is_a_memory_error_of_its_cell(monkeypatch):
    monkeypatch.setenv("KIT_CELL_MEMORY", "300")
    nb = run("a = []\nwhile True: a.append(bytearray(10 ** 7))", "1")
    assert nb.cells[0].outputs[-1].ename == "MemoryError"
    assert not nb.cells[1].outputs


@needs_fork
def test_a_cell_that_hangs_is_interrupted_and_says_where():
    cells = "print('trước')\nimport time\ntime.sleep(60)"
    nb = notebook([cells])
    began = time.monotonic()
    with pytest.raises(CellTimeoutError):
        papermill.execute_notebook(nb, None, engine_name="kit", progress_bar=False, execution_timeout=1)
    assert time.monotonic() - began < 30


@needs_fork
def test_a_cell_that_ignores_the_interrupt_is_killed():
    cell = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    with pytest.raises(CellTimeoutError):
        run(cell, execution_timeout=1)


@needs_fork
def test_an_interrupt_reaches_the_cell_only():
    nb = run("import time; time.sleep(60)", execution_timeout=1, interrupt_on_timeout=True)
    assert nb.cells[0].outputs[-1].ename == "KeyboardInterrupt"


@needs_fork
def test_threads_and_commands_that_a_cell_leaves_end_with_their_notebook():
    told = texts(
        run(
            "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()",
            "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)",
        )
    )
    deadline = time.monotonic() + 10
    while Path(f"/proc/{int(told[1])}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{int(told[1])}").exists()


@needs_fork
def test_a_forked_copy_of_the_cells_process_does_not_speak_for_it():
    cell = "import os\nif os.fork() == 0:\n    print('con'); os._exit(0)\nos.wait(); print('cha')"
    assert sorted(texts(run(cell))[0].split()) == ["cha", "con"]


def test_the_environment_of_this_process_is_untouched():
    before = dict(os.environ)
    run("import os; os.environ['KIT_LEAK'] = '1'; os.chdir('/')")
    assert dict(os.environ) == before
