"""Engine ``kit`` gives the outputs of an ordinary kernel, and a bad cell fails its own report alone."""

from __future__ import annotations

import os

import pytest

from tests.run.engine_cells import comparable, run

RAISES, SKIP = "raises-exception", "skip-execution"
CELLS = (
    "import sys, os, warnings\nprint('một'); print('hai', file=sys.stderr); print('ba')",
    "print('a'); sys.stdout.flush(); print('b', end='')",
    "1 + 1",
    "_ + Out[3]",
    "from IPython.display import HTML, Markdown, clear_output, display, update_display",
    "display(HTML('<b>x</b>')); print('sau')",
    "display('trước', display_id='a'); display('b', display_id='b')",
    "update_display('sau', display_id='a')",
    "print(1); clear_output(); print(2)",
    "print(1); clear_output(wait=True); print(2); clear_output(wait=True)",
    # An ordinary kernel hears of what a command wrote a moment later: without the pause its order is chance.
    "import time\nended = os.system('echo từ lệnh; echo lỗi >&2'); time.sleep(0.5)\nended",
    "import subprocess; subprocess.run(['echo', 'con']); None",
    "!echo trong vỏ",
    "%%capture ra\nprint('giữ lại'); display(3)",
    "ra.stdout, len(ra.outputs)",
    "%who_ls",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', 'ệ']})",
    "pd.DataFrame({f'cột {n}': [n] for n in range(30)})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); print('trước hình')",
    "fig, ax = plt.subplots(figsize=(2, 1)); ax.plot([1]); display(fig); fig",
    "%matplotlib inline\nplt.figure(figsize=(1, 1)); plt.figure(figsize=(1, 1)); 5",
    "%config InlineBackend.figure_formats = ['svg']\nlen(plt.get_fignums())",
    "import asyncio\nawait asyncio.sleep(0.01)\nasyncio.get_running_loop().is_running()",
    "task = asyncio.create_task(asyncio.sleep(0)); 'còn chạy'",
    "warnings.warn('cẩn thận')",
    "get_ipython().run_cell('%who_ls\\n3').result, get_ipython().transform_cell('%pwd')",
    "get_ipython().run_cell(In[-1]).result if 'mot' not in globals() and not globals().update(mot=1) else 7",
    ("1 / 0", RAISES),
    ("def f(x):\n    return g(x)\ndef g(x):\n    raise ValueError('sai: ' + x)\nf('ô')", RAISES),
    ("x = = 1", RAISES),
    ("%%không_có\n", RAISES),
    ("input('tên: ')", RAISES),
    ("import getpass; getpass.getpass()", RAISES),
    ("await asyncio.wait_for(asyncio.sleep(9), 0.01)", RAISES),
    ("raise KeyboardInterrupt", RAISES),
    (
        "class B:\n    def _repr_html_(self): raise RuntimeError('khi hiện')\n    def __repr__(self): return 'B'\nB()",
        RAISES,
    ),
    ("print('không chạy')", SKIP),
    "   ",
    "get_ipython().__class__.__name__, __name__, sys.stdout.isatty(), sys.stdout.encoding, os.environ['MPLBACKEND']",
    "from tqdm import tqdm\nfor _ in tqdm(range(2), file=sys.stdout, bar_format='{n}'): pass",
    "get_ipython().execution_count, len(In), sorted(Out)[:3]",
    "%history -n -l 2",
    "pd.options.display.max_rows, plt.rcParams['figure.dpi'], sys.path.index(''), sys.flags.safe_path",
    "print('nhiều', 'chữ', sep='\\x00')",
    "display({'text/plain': 'thô', 'text/latex': '$x$'}, raw=True, metadata={'a': 1})",
    "raise SystemExit(0)",
)


@pytest.fixture(scope="module")
def both():
    """The same notebook under an ordinary kernel and under the engine."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel that sees it does not capture what commands print
    return comparable(run(*CELLS, engine=None)), comparable(run(*CELLS))


def test_outputs_are_those_of_an_ordinary_kernel(both):
    for ordinary, ours in zip(*both, strict=True):
        assert ours == ordinary
