"""Notebooks that only call the kit run one after another in one process; whatever else a cell does has its own."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from kit.run.engine import client, template, worker
from kit.run.engine.kit_only import calls_only_the_kit
from tests.run.engine_cells import comparable, forked_ahead, run, texts

forking = pytest.mark.skipif(not worker.may_fork(), reason="notebooks' processes are not forked here")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
REPORT = Path(__file__).parents[2] / "notebooks" / "03_evaluation_report.ipynb"
OPEN = "import kit\nr = kit.open_report(period=period, unit='XA-01')\nr.head()"
PID = "import os; print(os.getpid())"


def test_the_report_notebook_only_calls_the_kit():
    cells = json.loads(REPORT.read_text(encoding="utf-8"))["cells"]
    assert calls_only_the_kit("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize(
    "cell",
    [
        "edition = 'public'; year, half = kit.pick(period=1)",
        "s = kit.open_report('2024-H1', unit)\ns.cards()",
        "'words'",
        "r = None\nr = kit.open_report()\nr.head()",
    ],
)
def test_cells_that_open_a_report_and_show_its_parts_are_known(cell):
    assert calls_only_the_kit([OPEN, cell])


@pytest.mark.parametrize(
    "cell",
    [
        "import os",
        "from kit import open_report",
        "import kit as k",
        "import kit.session",
        "%matplotlib inline",
        "!ls",
        "1 +",
        "x = [1]",
        "x = r",
        "x = r.data",
        "r.data",
        "r.data.clear()",
        "r.head().clear()",
        "r.__init__()",
        "r.x = 1",
        "r['x'] = 1",
        "kit = 1",
        "_ = 1",
        "x, y.z = kit.pick()",
        "kit.open_period().head()",
        "p = kit.open_period('2024-H1')",
        "kit.os.system('ls')",
        "x = kit.session.os.getcwd()",
        "other.head()",
        "r.head(lambda: 1)",
        "r.head(print())",
        "r.head(*x)",
        "await r.head()",
        "r = 1\nr.head()",
        "x: int = 1",
        "x += 1",
        "del r",
        "if 1: r.head()",
        "def f(): pass",
        "f'{r}'",
        "[r.head() for _ in 'a']",
        "print(1)",
        "x = y = __import__('os')",
    ],
)
def test_anything_else_is_not(cell):
    assert not calls_only_the_kit([OPEN, cell])


def test_a_notebook_without_a_report_is_not_of_the_kind():
    assert not calls_only_the_kit(["import kit", "x = 1"])


@pytest.fixture
def known(monkeypatch):
    """Have any notebook that is run pass for one that only calls the kit."""
    monkeypatch.setattr(client, "calls_only_the_kit", lambda sources: True)


def pid_of(*cells: str) -> int:
    return int(run(PID, *cells).cells[0].outputs[0].text)


@forking
def test_a_process_runs_the_next_of_them_and_nothing_passes(known):
    first = pid_of("left = 1; import os; os.environ['LEFT'] = '1'; os.chdir('/')")
    second = run(
        "import os; print(os.getpid(), 'left' in globals(), os.environ.get('LEFT'), os.getcwd(), len(In))"
    ).cells[0]
    assert second.outputs[0].text == f"{first} False None {os.getcwd()} 2\n"
    assert second.execution_count == 1


@forking
def test_a_notebook_of_another_kind_has_a_process_of_its_own(monkeypatch, known):
    first = pid_of()
    monkeypatch.setattr(client, "calls_only_the_kit", lambda sources: False)
    second = pid_of()
    assert second != first
    assert pid_of() != second
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@forking
@pytest.mark.parametrize(
    "cell", ["1 / 0", "exit()", "import threading, time; threading.Thread(target=time.sleep, args=(9,)).start()"]
)
def test_after_a_failure_or_with_something_left_running_the_process_ends(known, cell):
    assert pid_of(cell) != pid_of()


@forking
def test_a_process_ends_after_so_many(known):
    worker.close()
    pids = [pid_of() for _ in range(template._MOST + 1)]
    assert len(set(pids[:-1])) == 1
    assert pids[-1] != pids[0]


@linux
@forking
def test_one_that_dies_while_it_waits_costs_nobody_anything(known):
    waiting = pid_of()
    with worker.shared() as warm:
        assert forked_ahead(warm.pid) == waiting
    os.kill(waiting, signal.SIGKILL)
    while ") Z" not in Path(f"/proc/{waiting}/stat").read_text(encoding="ascii"):
        pass
    assert pid_of() != waiting


@forking
def test_outputs_come_in_their_order_though_they_are_sent_together(known, monkeypatch):
    cells = ("print(1); display(2); print(3); 4", "import sys; print('x', file=sys.stderr); 1 / 0")
    together = run(*cells)
    monkeypatch.setattr(client, "calls_only_the_kit", lambda sources: False)
    assert comparable(together) == comparable(run(*cells))


def test_parameters_are_those_of_each_notebook(known):
    opened = """
try:
    import kit
    kit.open_report("2024-H1", "XA-01")
except Exception as error:
    print(error)"""
    for name in ("units", "years"):  # the second in the process of the first
        assert texts(run(f"# Parameters\n{name} = 1", opened))[1].startswith(f"Unknown parameter '{name}'")
