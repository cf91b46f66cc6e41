"""``kit doctor``: is everything here that a run needs?"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

from kit.paths import find


@dataclass(frozen=True)
class Point:
    """One thing examined; ``advice`` says how to get what is missing."""

    name: str
    good: bool
    found: str
    advice: str = ""


def examine() -> list[Point]:
    """Examine versions, exporters, engine, kernel, JupyterLab, fonts, project folders and write access."""
    jupyter = [*_plugins(), _kernel(), _server_extension()]
    return [_python(), *_packages(), *jupyter, *_fonts(), *_folders(), _writable()]


def _python() -> Point:
    good = sys.version_info >= (3, 11)
    return Point("Python", good, f"{platform.python_version()} on {platform.system()}", "Install Python 3.11 or newer.")


def _packages() -> list[Point]:
    try:
        wanted = [line for line in requires("plan-reporting-kit") or [] if "extra ==" not in line]
    except PackageNotFoundError:
        return [Point("plan-reporting-kit", False, "not installed", "Run: pip install --no-deps -e .")]
    return [_package(line.split(";")[0]) for line in sorted(wanted)]


def _package(requirement: str) -> Point:
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return Point(wanted.name, False, "not installed", f"Run: pip install '{requirement}'")
    good = wanted.specifier.contains(found, prereleases=True)
    return Point(wanted.name, good, found, f"The kit needs {requirement}; run: pip install '{requirement}'")


def _plugins() -> list[Point]:
    return [
        _registered("nbconvert exporters", "nbconvert.exporters", ("kit-html", "kit-pdf", "kit-docx")),
        _registered("papermill engine", "papermill.engine", ("kit",)),
    ]


def _registered(name: str, group: str, wanted: tuple[str, ...]) -> Point:
    missing = sorted(set(wanted) - {point.name for point in entry_points(group=group)})
    found = f"missing {', '.join(missing)}" if missing else ", ".join(wanted)
    return Point(name, not missing, found, "Install the kit itself: pip install --no-deps -e .")


def _server_extension() -> Point:
    from jupyter_core.paths import jupyter_config_path
    from jupyter_server.extension.config import ExtensionConfigManager

    enabled = ExtensionConfigManager(read_config_path=jupyter_config_path()).get_jpserver_extensions()
    good = bool(enabled.get("kit.jupyter"))
    advice = "Run: jupyter server extension enable --sys-prefix kit.jupyter"
    return Point("JupyterLab export menu", good, "kit.jupyter " + ("enabled" if good else "not enabled"), advice)


def _kernel() -> Point:
    from jupyter_client.kernelspec import KernelSpecManager

    found = sorted(KernelSpecManager().find_kernel_specs())
    good = "python3" in found
    return Point("Jupyter kernel", good, ", ".join(found) or "none", "Run: python -m ipykernel install --sys-prefix")


def _fonts() -> list[Point]:
    advice = "Reinstall typst and matplotlib: pip install --force-reinstall typst matplotlib"
    return [_attempt("Fonts", _try_fonts, advice), _attempt("PDF", _try_pdf, advice)]


def _try_fonts() -> str:
    from kit.report.pdf.compile import serif_family

    return f"reports are set in {serif_family()}, charts in DejaVu Sans"


def _try_pdf() -> str:
    import nbformat.v4 as v4

    from kit.report.pdf.exporter import KitPDFExporter

    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("# Thử phông chữ: ỦY BAN NHÂN DÂN")])
    pdf, _ = KitPDFExporter().from_notebook_node(notebook)
    return f"a page of Vietnamese in {len(pdf) // 1024} KiB"


def _attempt(name: str, action: Callable[[], str], advice: str) -> Point:
    try:
        return Point(name, True, action(), advice)
    except Exception as error:  # whatever fails here is what the user has to know
        return Point(name, False, f"{type(error).__name__}: {error}", advice)


def _folders() -> list[Point]:
    wanted = {"notebooks": "03_evaluation_report.ipynb", "params": "", "data": "reference"}
    return [
        Point(
            f"{folder}/",
            (find(folder) / inside).exists(),
            "found" if (find(folder) / inside).exists() else "not found",
            "Change to the project folder (the one with notebooks/, params/ and data/).",
        )
        for folder, inside in wanted.items()
    ]


def _writable() -> Point:
    try:
        with tempfile.NamedTemporaryFile(dir=Path.cwd()):
            return Point("Write access", os.access(Path.cwd(), os.W_OK), "to this folder")
    except OSError as error:
        return Point("Write access", False, str(error.strerror), "Work in a folder you may write to.")
