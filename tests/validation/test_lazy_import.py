"""What a package imports and nobody uses is not loaded, and is there for whoever uses it later."""

from __future__ import annotations

import importlib
import sys

from kit.validation.lazy_import import lazily


def test_a_module_named_is_loaded_when_it_is_first_used(tmp_path, monkeypatch):
    (tmp_path / "unused_charts.py").write_text("import sys\nsys.charts_loaded = True\nANSWER = 42\n", encoding="utf-8")
    (tmp_path / "eager_package.py").write_text("import unused_charts as charts\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("unused_charts", "eager_package"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    finders = list(sys.meta_path)
    with lazily("unused_charts"):
        package = importlib.import_module("eager_package")
    assert not hasattr(sys, "charts_loaded") and sys.meta_path == finders
    assert package.charts.ANSWER == 42
    assert vars(sys).pop("charts_loaded")
