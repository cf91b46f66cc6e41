"""nbclient's own data-driven notebooks under engine ``kit``: every cell gives its saved outputs.

Usage: ``python benchmarks/fidelity_nbclient.py <folder with nbclient's tests/files>``. ``Interrupt.ipynb``,
``JupyterWidgets.ipynb`` and ``Other Comms.ipynb`` are run and reported, but do not decide.
"""

from __future__ import annotations

import base64
import copy
import os
import re
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import nbformat
from papermill.engines import papermill_engines
from papermill.iorw import load_notebook_node

DATA_DRIVEN = {
    "Check History in Memory": {},
    "Clear Output": {},
    "Empty Cell": {},
    "Factorials": {},
    "HelloWorld": {},
    "Inline Image": {},
    "SVG": {},
    "Skip Exceptions": {"allow_errors": True},
    "Skip Exceptions with Cell Tags": {},
    "Skip Execution with Cell Tag": {},
    "Unicode": {},
    "UnicodePy3": {},
    "update-display-id": {},
}
ASIDE = {
    "Interrupt": {"execution_timeout": 3, "interrupt_on_timeout": True, "allow_errors": True},
    "JupyterWidgets": {},
    "Other Comms": {},
}
_ANSI = re.compile("\x1b\\[.*?m")
_ADDRESS = re.compile(r"0x[0-9a-f]{7,12}")
_INPUT = re.compile(
    r"(<ipython-input-\d+-[0-9a-f]+>|(Cell|Input) In\s?\[\d+\])(, line \d+| in <module>|, in <.*?>\(.*?\))?"
)


def comparable(output: dict[str, Any]) -> dict[str, Any]:
    """An output without what differs from run to run and from version to version of IPython."""
    made = copy.deepcopy({key: value for key, value in output.items() if key != "metadata"})
    if "traceback" in made:
        made["traceback"] = [_without_context(_INPUT.sub("<input>", _ANSI.sub("", one))) for one in made["traceback"]]
    if "text" in made:
        made["text"] = _ADDRESS.sub("<address>", made["text"])
    for kind, value in made.get("data", {}).items():
        if kind.endswith("widget-view+json"):
            value["model_id"] = "<model>"
        elif kind == "image/svg+xml":
            made["data"][kind] = canonicalize(value)  # the order of attributes is Python's
        elif isinstance(value, str):
            made["data"][kind] = _same_base64(_ADDRESS.sub("<address>", value))
    return made


def _without_context(part: str) -> str:
    """How many lines IPython shows around the one that failed has changed since the outputs were saved."""
    return "\n".join(line for line in part.splitlines() if not re.match(r"\s+\d+ ", line))


def _same_base64(text: str) -> str:
    if not re.fullmatch(r"[\w+/=\s]+", text):
        return text
    try:
        return base64.b64encode(base64.b64decode(text)).decode()
    except ValueError:
        return text


def differences(path: Path, options: dict[str, Any]) -> list[str]:
    """Run a notebook; return how its outputs differ from the saved ones."""
    saved = nbformat.read(path, as_version=4)
    nb = load_notebook_node(str(path))
    nb.metadata.setdefault("kernelspec", {"name": "python3", "language": "python", "display_name": "Python 3"})
    nb.metadata.setdefault("language_info", {"name": "python"})
    with chdir(path.parent):
        done = papermill_engines.get_engine("kit").execute_notebook(nb, "python3", progress_bar=False, **options)
    found = []
    for number, (before, after) in enumerate(zip(saved.cells, done.cells, strict=True)):
        pair = [[comparable(one) for one in cell.get("outputs", ())] for cell in (before, after)]
        if pair[0] != pair[1] or before.get("execution_count") != after.get("execution_count"):
            found.append(f"cell {number}: saved {str(pair[0])[:600]}\n        found {str(pair[1])[:600]}")
    return found


def main(folder: Path) -> int:
    """Run all; return the number of notebooks that differ."""
    os.environ.update(COLUMNS="80", LINES="24")
    failed = 0
    for name, options in {**DATA_DRIVEN, **ASIDE}.items():
        found = differences(folder / f"{name}.ipynb", options)
        failed += bool(found) and name in DATA_DRIVEN
        print(f"{name}: {'differs' if found else 'same outputs'}{' (aside)' if name in ASIDE else ''}")
        print("".join(f"  {one}\n" for one in found), end="")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]).resolve()), 1))
