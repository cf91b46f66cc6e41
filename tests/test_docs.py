"""The words around the code: generated parts are current, links lead somewhere, both environments say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from kit.docs import render_readme
from kit.schema.datapackage import render_datapackage
from kit.schema.dictionary import render_dictionary
from kit.schema.load import load_schema

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "README.vi.md", "kit/DECISIONS.md", "CHANGELOG.md", "data/README.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_shows_the_command_line_and_the_tree_as_they_are():
    assert render_readme(read("README.md")) == read("README.md"), "run `make docs`"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    targets = [target for target in LINK.findall(read(name)) if "://" not in target]
    assert not [target for target in targets if not ((ROOT / name).parent / target).exists()]


def test_dictionary_and_descriptor_are_derived_from_the_schema():
    schema = load_schema()
    assert read("data/DICTIONARY.md") == render_dictionary(schema)
    assert read("data/datapackage.json") == render_datapackage(schema, "collected/2024/TINH-MAU")


def requirements() -> dict[str, str]:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = [line for extra in ("build", "test") for line in project["optional-dependencies"][extra]]
    found = [Requirement(line) for line in [*project["dependencies"], *extras]]
    return {item.name: str(item.specifier) for item in found} | {"python": project["requires-python"]}


def test_conda_and_pip_ask_for_the_same():
    listed = yaml.safe_load(read("environment.yml"))["dependencies"]
    nested = next(item["pip"] for item in listed if isinstance(item, dict))
    names = [item for item in listed if isinstance(item, str) and item != "pip"]
    found = [Requirement(line) for line in [*names, *nested] if not line.startswith("-e ")]
    assert {item.name: str(item.specifier) for item in found} == requirements()


def test_every_requirement_is_locked_with_hashes():
    lock = read("requirements.lock")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.M))
    assert {name for name in requirements() if name != "python"} <= locked
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", lock, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_readme_names_only_make_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    text = read("README.md").split("## Two commands")[1].replace("and make", "")
    named = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)\b", text))
    assert named - {"or", "with"} <= targets
