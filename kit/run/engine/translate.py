"""Parameters as Python source: Vietnamese stays Vietnamese, dates are dates (papermill escapes one, refuses the other).

papermill picks a translator by the language that the engine names; ours has a name of its own, so that other engines
keep papermill's.
"""

from __future__ import annotations

import datetime
from pathlib import PurePath
from typing import Any

from papermill.translators import PythonTranslator, papermill_translators
from papermill.utils import nb_language

LANGUAGE = "python-kit"


class KitTranslator(PythonTranslator):
    """Writes parameters as Python literals, one assignment a line."""

    @classmethod
    def translate(cls, val: Any) -> str:
        """Return the source of a value. Dates need no import in the notebook."""
        if isinstance(val, datetime.datetime):
            return f'__import__("datetime").datetime.fromisoformat("{val.isoformat()}")'
        if isinstance(val, datetime.date):
            return f'__import__("datetime").date.fromisoformat("{val.isoformat()}")'
        if isinstance(val, PurePath):
            return cls.translate_str(val.as_posix())
        return cls.translate_list(list(val)) if isinstance(val, tuple) else super().translate(val)

    @classmethod
    def translate_escaped_str(cls, str_val: Any) -> str:
        """Return a literal in double quotes; only what cannot be seen is escaped."""
        return '"' + "".join(map(_visible, str(str_val))) + '"'

    @classmethod
    def codify(cls, parameters: dict[str, Any], comment: str = "Parameters") -> str:
        """Return the injected cell's source."""
        lines = [f"# {comment}".strip(), *(f"{name} = {cls.translate(value)}" for name, value in parameters.items())]
        return "\n".join(lines) + "\n"


def _visible(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


papermill_translators.register(LANGUAGE, KitTranslator)


def language_of(nb: Any, language: str | None = None) -> str:
    """The language papermill should translate to for a notebook that engine ``kit`` runs."""
    found = nb_language(nb, language)
    return LANGUAGE if found.casefold() == "python" else found
