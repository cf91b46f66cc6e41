"""Rules of texts: the same long text twice, a commune that speaks of the whole district or province."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from kit.collect.text import match_key
from kit.validation.integrity.model import Checked, rows_where, rule
from kit.validation.keys import looked_up, match_keys, workbook
from kit.validation.marks import Marks

LONG_TEXT = 50  # characters; shorter titles repeat for good reasons
_SCOPES = {match_key(words): words for words in ("toàn huyện", "toàn tỉnh", "toàn quận", "toàn thành phố")}
# "của toàn tỉnh", "hội nghị toàn huyện", "thi đua toàn tỉnh": the commune takes part in what a higher level does.
_OTHERS = "|".join(
    re.escape(match_key(words))
    for words in (
        "của", "do", "hội nghị", "hội thảo", "cuộc thi", "hội thi", "thi đua", "phong trào", "mạng lưới", "trực tuyến",
        "so với", "bình quân", "chung", "cùng với", "hệ thống", "kế hoạch", "dự hội nghị",
    )
)  # fmt: skip
_SCOPE = re.compile(rf"(?:(?P<other>\b(?:{_OTHERS})) )?(?P<scope>{'|'.join(map(re.escape, _SCOPES))})\b")


@rule("task-text-twice")
def task_text_twice(checked: Checked, table: str) -> Iterator[Marks]:
    """Two tasks of a workbook have the same long title."""
    yield from _twice(checked, table, "title", code="task-text-twice", place=workbook(checked.frames[table]))


@rule("narrative-text-twice")
def narrative_text_twice(checked: Checked, table: str) -> Iterator[Marks]:
    """A unit's own words are the same in two sections or two periods."""
    yield from _twice(checked, table, "text", code="narrative-text-twice", place=checked.frames[table]["_unit"])


def _twice(checked: Checked, table: str, name: str, *, code: str, place: pd.Series) -> Iterator[Marks]:
    frame = checked.frames[table]
    keys = match_keys(frame[name].where(frame[name].str.len() >= LONG_TEXT))
    sound = checked.sound(table, name, *checked.schema.tables[table].primary_key) & keys.notna().to_numpy()
    same = (place + "\x1f" + keys)[sound]
    later = same.index[same.duplicated()]
    first = frame["_row"][sound].groupby(same.to_numpy()).transform("first")
    yield Marks(code, table, name, later.to_numpy(), {"first": list(first[later])})


@rule("task-scope")
def task_scope(checked: Checked, table: str) -> Iterator[Marks]:
    """A commune's task speaks of the whole district or province as its own scope."""
    yield from _scope(checked, table, "title", code="task-scope")


@rule("narrative-scope")
def narrative_scope(checked: Checked, table: str) -> Iterator[Marks]:
    """A commune's words speak of the whole district or province as its own scope."""
    yield from _scope(checked, table, "text", code="narrative-scope")


def _scope(checked: Checked, table: str, name: str, *, code: str) -> Iterator[Marks]:
    frame = checked.frames[table]
    communes = checked.levels(frame["_unit"]) == "commune"
    distinct = frame.loc[communes, name].dropna().unique()
    found = {text: scope_words(text) for text in distinct}
    words = looked_up(frame[name].where(communes), {text: scope for text, scope in found.items() if scope})
    rows = rows_where(words.notna(), checked.sound(table, name))
    yield Marks(code, table, name, rows, {"words": list(words.iloc[rows])})


def scope_words(text: str) -> str:
    """Return the words by which a text claims a higher level's scope as its own; blank when it does not."""
    for match in _SCOPE.finditer(match_key(text)):
        if not match["other"]:
            return _SCOPES[match["scope"]]
    return ""
