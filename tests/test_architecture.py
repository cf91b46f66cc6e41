"""The rules of the house, read from the code itself: import levels, engines, size, names, hygiene."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KIT = ROOT / "kit"
MODULES = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path for path in KIT.rglob("*.py")}
MODULES = {name.removesuffix(".__init__"): path for name, path in MODULES.items()}

# Lower levels first; a module may import from its own level and those below it.
LEVELS = (
    ("kit.declarations", "kit.errors", "kit.interpreter", "kit.paths", "kit.periods", "kit.digests"),
    ("kit.schema.model", "kit.indicators.model", "kit.indicators.byunit", "kit.collect.raw", "kit.report.blocks"),
    ("kit.schema", "kit.collect", "kit.indicators", "kit.params"),
    ("kit.validation",),
    ("kit.slicing",),
    ("kit.store",),
    ("kit.report",),
    ("kit.session", "kit.picker", "kit.run"),
    ("kit.outcomes", "kit.console", "kit.console_office", "kit.console_verify", "kit.diagnosis"),
    ("kit.workflow",),
    ("kit.cli",),
    ("kit", "kit.__main__", "kit.docs", "kit.jupyter"),
)
ENGINES = {
    "great_expectations": ("kit.validation.gx",),
    "papermill": ("kit.run.",),
    "nbconvert": ("kit.report.", "kit.run."),
    "typst": ("kit.report.pdf.",),
    "docx": ("kit.report.docx.",),
    "python_calamine": ("kit.collect.",),
    "openpyxl": ("kit.collect.",),
    "xlsxwriter": ("kit.collect.", "kit.report."),
    "matplotlib": ("kit.report.", "kit.run.engine."),
    "ipywidgets": ("kit.picker",),
    "typer": ("kit.cli", "kit.docs"),
    "rich": ("kit.console",),
}
MOST_LINES = 250
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


def level(module: str) -> int:
    """The level of the longest matching prefix."""
    matches = [
        (len(prefix), place)
        for place, prefixes in enumerate(LEVELS)
        for prefix in prefixes
        if module == prefix or (prefix != "kit" and module.startswith(f"{prefix}."))
    ]
    assert matches, f"{module} has no level"
    return max(matches)[1]


def imports(path: Path, *, at_import_time: bool = False) -> set[str]:
    """Absolute names of imported modules; with ``at_import_time`` only those outside functions and type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = _outside_functions(tree) if at_import_time else ast.walk(tree)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if f"{node.module}.{alias.name}" in MODULES}
    return found


def _outside_functions(node: ast.AST):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _outside_functions(child)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_downwards_only(module):
    own = level(module)
    wrong = [
        name
        for name in imports(MODULES[module], at_import_time=True)
        if name in MODULES and name != "kit" and level(name) > own
    ]
    assert not wrong, f"{module} imports {wrong} from a higher level"


def test_every_engine_is_imported_in_its_own_place_only():
    wrong = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        for name in imports(path)
        for engine, homes in ENGINES.items()
        if name.split(".")[0] == engine and not any(module.startswith(home) for home in homes)
    ]
    assert not wrong


def test_no_module_is_longer_than_a_reader_can_hold():
    sizes = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert not {module: size for module, size in sizes.items() if size > MOST_LINES}


def test_every_module_says_what_it_is():
    silent = [
        name for name, path in MODULES.items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_no_module_is_named_after_nothing():
    assert not [name for name in MODULES if name.split(".")[-1] in FORBIDDEN_NAMES]


def _loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


def test_the_door_and_the_package_import_nothing_heavy():
    loaded = _loaded_after("import kit, kit.cli")
    assert not loaded & {"pandas", "numpy", "matplotlib", "nbconvert", "papermill", "great_expectations", "yaml"}


def test_listing_the_exporters_imports_nothing_heavy():
    loaded = _loaded_after(
        "from kit.report.docx.exporter import KitDocxExporter\n"
        "from kit.report.html.exporter import KitHTMLExporter\n"
        "from kit.report.pdf.exporter import KitPDFExporter\n"
        "KitDocxExporter(); KitHTMLExporter(); KitPDFExporter()"
    )
    assert not loaded & {"pandas", "matplotlib", "typst", "docx", "PIL", "great_expectations", "papermill"}


def test_opening_a_stored_period_never_imports_great_expectations():
    loaded = _loaded_after("import kit.session, kit.report.report, kit.store, kit.indicators.evaluate")
    assert "great_expectations" not in loaded


LEFT_OUT = {
    ".git",
    ".venv",
    "reports",
    "build",
    "dist",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".ipynb_checkpoints",
}


def _project_files() -> list[Path]:
    """Files of the project, without what .gitignore leaves out."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT and not name.endswith(".egg-info"))
        found += [Path(folder) / name for name in sorted(names)]
    return found


TEXT = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".txt",
    ".lock",
    ".ipynb",
    ".csv",
    ".json",
    ".typ",
    ".css",
    ".j2",
    ".js",
    "",
}


def test_text_files_are_clean():
    wrong = []
    for path in _project_files():
        if path.suffix not in TEXT:
            continue
        content = path.read_bytes()
        text = content.decode("utf-8")
        name = path.relative_to(ROOT).as_posix()
        if b"\r\n" in content:
            wrong.append(f"{name}: CRLF")
        if text and not text.endswith("\n"):
            wrong.append(f"{name}: no line end at the end")
        if path.suffix == ".py" and any(line != line.rstrip() for line in text.splitlines()):
            wrong.append(f"{name}: blanks at a line's end")
        if path.suffix in (".yaml", ".md", ".ipynb") and not unicodedata.is_normalized("NFC", text):
            wrong.append(f"{name}: not NFC")
    assert not wrong


def test_no_file_names_a_package_index_or_a_folder_of_a_machine():
    marks = ["simple" + "/", "--index" + "-url", "--extra-index" + "-url", "/root" + "/", "/tmp" + "/w"]
    wrong = []
    for path in _project_files():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8")
            wrong += [f"{path.relative_to(ROOT)}: {mark}" for mark in marks if mark in text]
    assert not wrong


def test_reports_and_environments_are_left_out_of_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"reports/", ".venv/", "__pycache__/", "build/"} <= set(ignored)
