"""Tables of the analysts' notebooks: rows that are not shown are in no annex, so the table says where they are."""

from __future__ import annotations

from dataclasses import replace

from kit.report import words
from kit.report.blocks import Table


def rest_in(made: Table, file: str = "") -> Table:
    """Return the table with a note on the rows left out: they are in its download, and in ``file`` of the period."""
    if not made.hidden_rows:
        return made
    also = f" và trong {file} ở thư mục của kỳ" if file else ""
    rest = f"Còn {words.number(made.hidden_rows)} dòng khác trong tệp CSV tải về dưới bảng{also}."
    return replace(made, hidden_rows=0, note=f"{rest} {made.note}".strip())
