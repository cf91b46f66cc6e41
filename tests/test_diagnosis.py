"""``kit doctor``: what it examines, and what it says of an environment from which a part is missing."""

from __future__ import annotations

import pytest

from kit import diagnosis

PLUGINS = "install --no-deps -e ."


def seen() -> dict[str, diagnosis.Point]:
    return {point.name: point for point in diagnosis.examine()}


def test_here_nothing_is_missing():
    points = seen()
    assert [point for point in points.values() if not point.good] == []
    assert points["nbconvert exporters"].found == "kit-html, kit-pdf, kit-docx"
    assert points["papermill engine"].found == "kit"
    assert points["JupyterLab export menu"].found == "kit.jupyter enabled"
    assert {"pandas", "typst", "python-docx", "papermill"} <= set(points)


@pytest.mark.parametrize("name", ["nbconvert exporters", "papermill engine"])
def test_a_kit_that_was_not_installed_lacks_its_plugins(monkeypatch, name):
    monkeypatch.setattr(diagnosis, "entry_points", lambda group: ())
    point = next(point for point in diagnosis._plugins() if point.name == name)
    assert not point.good and point.found.startswith("missing kit") and PLUGINS in point.advice


def test_a_menu_that_is_not_enabled_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("jupyter_core.paths.jupyter_config_path", lambda: [str(tmp_path)])
    point = diagnosis._server_extension()
    assert not point.good and "jupyter server extension enable" in point.advice


def test_the_command_fails_and_advises_when_something_is_missing(monkeypatch, kit_command):
    points = [diagnosis.Point("Python", True, "3.11"), diagnosis.Point("Fonts", False, "none", "Reinstall typst")]
    monkeypatch.setattr(diagnosis, "examine", lambda: points)
    code, told, _ = kit_command("doctor")
    assert code == 1
    assert told.splitlines() == ["ok      Python: 3.11", "MISSING Fonts: none", "        Reinstall typst"]
