"""What is left out of an import is there when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("rfc3987_syntax", reason="jsonschema checks no international addresses here")

_USED = """
import sys
from kit.run.lean_imports import import_jsonschema
import_jsonschema()
assert "jsonschema" in sys.modules and "rfc3987_syntax" not in sys.modules
import jsonschema
check = jsonschema.FormatChecker(["iri"])
check.check("https://xã.vn/a", "iri")
assert "rfc3987_syntax.syntax_helpers" in sys.modules
try:
    check.check("//a b", "iri")
except jsonschema.exceptions.FormatError:
    print("refused")
"""
_LOADED = "import sys, kit.run.nursery; print('rfc3987_syntax' in sys.modules, 'nbformat' in sys.modules)"


def told(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_grammar_of_addresses_is_read_when_an_address_is_checked():
    assert told(_USED) == "refused"


def test_the_process_that_workers_are_forked_from_has_not_read_it():
    assert told(_LOADED) == "False True"
