"""Rules across rows and tables (data-model.md, "Rules beyond type, required, code list and key").

Each declared rule of kind ``integrity`` has one function, registered by its code; ``places`` holds what concerns a
whole file: units that are unknown, sheets that a level does not have.
"""

from __future__ import annotations

from kit.validation.integrity import activities, policies, submissions, tasks, texts, units  # noqa: F401
from kit.validation.integrity.model import RULES, Checked
from kit.validation.integrity.places import place_marks


def integrity_marks(checked: Checked) -> None:
    """Check all integrity rules, units first; marks go to the ledger."""
    ledger = checked.ledger
    for table in checked.schema.tables.values():
        for rule in table.rules:
            if rule.kind == "integrity" and rule.code in RULES:
                ledger.add(RULES[rule.code](checked, table.name))
            elif rule.kind == "integrity":
                raise LookupError(f"rule '{rule.code}' of table '{table.name}' has no function")
        if table.name == "units":
            ledger.add(place_marks(checked))


__all__ = ["RULES", "Checked", "integrity_marks"]
