"""Many notebooks that leave everything behind, in one warm process and in eight at a time: nothing gets through.

Usage: ``python benchmarks/isolation.py [runs] [processes]`` – 300 in a row, then as many as asked in each of the
processes (8 × 200). ``KIT_NO_FORK=1`` does the same where processes are not forked.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat

LEAVE = """
import builtins, decimal, locale, logging, os, random, subprocess, sys, tempfile, threading, warnings
import matplotlib.pyplot as plt, numpy as np, pandas as pd
left = 1; builtins.left_behind = 1; os.environ["LEFT"] = "1"; sys.left = 1
os.chdir(tempfile.gettempdir()); random.seed(1); np.random.seed(1)
plt.rcParams["figure.dpi"] = 31; pd.set_option("display.max_rows", 7); warnings.simplefilter("error")
np.set_printoptions(precision=1); decimal.getcontext().prec = 3; logging.disable(50); sys.path.insert(0, "/left")
sys.argv.append("left"); plt.figure(); held = open(os.devnull); subprocess.Popen([sys.executable, "-c", ""])
get_ipython().events.register("pre_run_cell", lambda *_: None); sys.setrecursionlimit(333)
"""
LOOK = """
import builtins, decimal, logging, os, random, sys, warnings
import matplotlib.pyplot as plt, numpy as np, pandas as pd
opened = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
state = {
    "variable": "left" in globals(), "builtin": hasattr(builtins, "left_behind"), "environment": "LEFT" in os.environ,
    "folder": os.getcwd(), "dpi": plt.rcParams["figure.dpi"], "rows": pd.get_option("display.max_rows"),
    "filters": len(warnings.filters), "precision": np.get_printoptions()["precision"],
    "decimal": decimal.getcontext().prec, "logging": logging.root.manager.disable, "path": "/left" in sys.path,
    "arguments": sys.argv, "figures": plt.get_fignums(), "files": opened, "recursion": sys.getrecursionlimit(),
    "random": (random.random(), float(np.random.random())),
}
"""


def notebook() -> nbformat.NotebookNode:
    """A notebook that looks around, shows what it finds, and then leaves all it can."""
    cells = [nbformat.v4.new_code_cell(source) for source in (LOOK + "print(state)", LEAVE)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nb = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    return nb


def states(runs: int) -> list[dict]:
    """Run the notebook so many times in this process; return what each run found."""
    import ast

    import papermill

    found = []
    for _ in range(runs):
        done = papermill.execute_notebook(notebook(), None, engine_name="kit", progress_bar=False)
        found.append(ast.literal_eval(done.cells[0].outputs[0].text))
    return found


def leaks(found: list[dict]) -> list[str]:
    """What differs from the first run, and random numbers that came twice."""
    first = {name: value for name, value in found[0].items() if name != "random"}
    told = [
        f"run {number}: {name} is {state[name]!r}, was {first[name]!r}"
        for number, state in enumerate(found)
        for name in first
        if state[name] != first[name]
    ]
    for place, source in enumerate(("random", "numpy.random")):
        if len({state["random"][place] for state in found}) < len(found):
            told.append(f"{source} gave the same number twice")
    return told


def of_this_process() -> dict[str, int]:
    """Open files, threads and children of the process that asks."""
    if not Path("/proc/self").exists():
        return {}
    pid = os.getpid()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    files, threads = (len(os.listdir(f"/proc/self/{what}")) for what in ("fd", "task"))
    return {"files": files, "threads": threads, "children": len(children)}


def main(runs: int = 300, processes: int = 8, each: int = 200) -> int:
    """Run both; return 1 on any leak."""
    began = time.perf_counter()
    states(1)
    before = of_this_process()
    told = leaks(states(runs))
    if of_this_process() != before:
        told.append(f"this process: {before} became {of_this_process()}")
    print(f"{runs} runs in a row, {time.perf_counter() - began:.0f} s: {'nothing leaks' if not told else told[:5]}")
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for found in pool.map(states, [each] * processes):
            told += leaks(found)
    print(f"{processes} × {each} runs, {time.perf_counter() - began:.0f} s: {'no failure' if not told else told[:5]}")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
