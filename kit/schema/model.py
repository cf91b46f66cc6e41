"""Records of the declared schema: tables, fields, code lists and rules, in Table Schema words.

The YAML files beside this module are the only place where a table or a field is declared; ``load`` turns them into
these frozen records, and everything else (rules, workbook, dictionary, Frictionless descriptor) is derived from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

TYPES = ("string", "integer", "number", "boolean", "date", "list")
SEVERITIES = ("error", "warning", "note")
DISCLOSURES = ("personal", "evidence", "words")
LEVELS = ("commune", "district", "department", "province", "ministry")
# A unit's level is "higher" than another when its rank is greater (data-model.md, units).
LEVEL_RANK = {"commune": 0, "district": 1, "department": 1, "province": 2, "ministry": 3}


@dataclass(frozen=True)
class Codelist:
    """A code list: ``codes`` maps each code to the Vietnamese label that people see, in display order."""

    name: str
    title: str
    codes: Mapping[str, str]

    def label(self, code: str) -> str:
        """Return the label of a code, or the code itself where it is unknown."""
        return self.codes.get(code, code)


@dataclass(frozen=True)
class Field:
    """One field of a table, with its Table Schema constraints.

    ``disclosure`` says why the public edition of a report leaves the field out: ``personal`` (a person's name),
    ``evidence`` (a link or place of proof), ``words`` (the unit's own words, published only where the row's ``publish``
    is set). Blank: public.

    ``codelist`` names the list of allowed codes (of the items, for a ``list``); ``references`` names the table that
    the value is a key of; ``default`` is what a blank cell means (``None``: missing).
    """

    name: str
    title: str
    type: str
    description: str
    example: str = ""
    codelist: str | None = None
    references: str | None = None
    required: bool = False
    minimum: float | None = None
    pattern: str | None = None
    default: Any = None
    rare: bool = False  # shown in a collapsed group of the workbook
    disclosure: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule beyond type, required, code list and key.

    ``kind`` says how it is checked (``rules`` derives the engine's expectation from it; ``integrity`` marks a rule
    across tables); ``sets_aside`` is ``row``, the name of the field whose cell is set aside, or blank.
    """

    code: str
    kind: str
    severity: str
    title: str
    fields: tuple[str, ...] = ()
    sets_aside: str = ""
    args: Mapping[str, Any] = None  # type: ignore[assignment]  # the loader always gives a mapping


@dataclass(frozen=True)
class Table:
    """One table. ``levels`` are the unit levels whose workbook has the sheet (empty for reference tables)."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    date_field: str = ""  # the date that says in which period a row falls
    key_prefix: str = ""  # prefix of keys assigned to rows that came without one

    @property
    def collected(self) -> bool:
        """True for a table that units report, False for a reference table."""
        return bool(self.levels)

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of that name; raises ``KeyError``."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")


@dataclass(frozen=True)
class Migration:
    """What one template version changed: ``version`` is the newer one.

    ``sheets``: old sheet name → table. ``columns``: table → old field name or title → column of today. ``codes``: code
    list → old code or label → code. ``by_hand`` says what no program can move: then an older workbook is refused.
    """

    version: str
    sheets: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """All tables (in reading order) and code lists; ``template_version`` is written into every entry workbook, and
    ``migrations`` say how workbooks of older versions are read."""

    template_version: str
    tables: Mapping[str, Table]
    codelists: Mapping[str, Codelist]
    migrations: tuple[Migration, ...] = ()

    @property
    def collected(self) -> tuple[Table, ...]:
        """The tables that units report."""
        return tuple(table for table in self.tables.values() if table.collected)

    @property
    def reference(self) -> tuple[Table, ...]:
        """The tables that the office keeps."""
        return tuple(table for table in self.tables.values() if not table.collected)

    def codes(self, field: Field) -> Mapping[str, str]:
        """Return the codes and labels of a field, empty when it has no code list."""
        return self.codelists[field.codelist].codes if field.codelist else {}
