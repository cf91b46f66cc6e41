"""Generated parts of README.md: the command line's help and the tree; ``make docs`` writes them, a test compares."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from kit.paths import PACKAGE

_PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.S)
_TREE_NOTES = {
    "benchmarks/": "timed comparisons, runnable by anyone",
    "data/": "reference/ and collected/<year>/ (sample), DICTIONARY.md, datapackage.json",
    "docs/": "pictures of real output, the decree's checklist",
    "kit/": "the library",
    "notebooks/": "01_check_returns, 02_compute_indicators, 03_evaluation_report, 04_compare_units",
    "params/": "plan-<year>.yaml (targets, scheme, deadlines), 2024-H1.yaml (papermill)",
    "tests/": "mirrors kit/; cases/ with hand-worked examples; reference/ an independent implementation",
}


def render_readme(text: str) -> str:
    """Return README text with its generated parts made anew."""
    makers = {"cli": render_cli, "tree": render_tree}
    return _PART.sub(lambda match: f"{match[1]}```text\n{makers[match[2]]()}\n```\n{match[3]}", text)


def render_cli() -> str:
    """Help of the command line and of each command, as on a terminal of 100 columns without colours."""
    from typer.testing import CliRunner

    from kit.cli import app

    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    calls = [["--help"], *([name, "--help"] for name in names)]
    helps = [runner.invoke(app, call, prog_name="kit").output.strip() for call in calls]
    return "\n\n".join("\n".join(line.rstrip() for line in text.splitlines()) for text in helps)


def render_tree() -> str:
    """Folders of the project and modules of the library, each with the first words of its docstring."""
    lines = [f"{name:<24}{note}" for name, note in _TREE_NOTES.items()]
    at = lines.index(next(line for line in lines if line.startswith("kit/"))) + 1
    return "\n".join([*lines[:at], *_package_lines(), *lines[at:]])


def _package_lines() -> list[str]:
    modules = sorted(path for path in PACKAGE.glob("*.py") if path.name not in ("__init__.py", "__main__.py"))
    packages = sorted(path / "__init__.py" for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())
    named = [(f"  {path.parent.name}/", path) for path in packages] + [(f"  {path.name}", path) for path in modules]
    return [f"{name:<24}{_says(path)}" for name, path in named]


def _says(path: Path) -> str:
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    return " ".join(first.split()).replace("``", "").rstrip(".")


if __name__ == "__main__":
    readme = PACKAGE.parent / "README.md"
    readme.write_text(render_readme(readme.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
