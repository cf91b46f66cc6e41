"""Everything that builds reports, loaded once, in the process that workers are forked from (``kit.run.pools``).

To import this module is to load it. It starts no thread and does not run typst, so that the process may be forked, and
each worker may fork its own warm process (design.md, "Speed").
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from kit.run.engine.child import die_with_parent
from kit.run.engine.start import READY
from kit.run.lean_imports import import_jsonschema


def _load() -> None:
    import_jsonschema()
    import kit.run.engine.client
    import kit.run.engine.managed
    import kit.run.notebook
    import kit.run.publish  # noqa: F401
    from kit.run.engine import warm
    from kit.run.outputs import DEFAULT, load_renderers

    gc.disable()  # nearly all that loading makes stays
    warm.load_libraries()
    load_renderers(DEFAULT)
    warm.freeze()
    gc.enable()


die_with_parent()  # otherwise the server that imports this would first go on loading
_load()
if ready := os.environ.pop(READY, ""):
    Path(ready).touch()
