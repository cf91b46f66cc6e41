"""XlsxWriter's worksheet without two long ways round: the same file, in a quarter of the time.

Both overridden steps are XlsxWriter's own; what they write is what it would write (tests compare the two).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_LAST_COLUMN = 16_383  # 0-based
_CALLED = re.compile(r"[A-Z]+(?=\()")
# Functions that Excel has always had. XlsxWriter looks for each newer one in each formula, to mark it as such.
_ALWAYS_THERE = {"AND", "COUNTA", "IF", "INDEX", "LEFT", "LEN", "MAX", "OFFSET", "OR", "ROW", "SUMPRODUCT", "TRIM"}


@lru_cache(maxsize=1 << 12)  # the workbooks of all units have the same formulas
def _is_plain(formula: str) -> bool:
    return formula[:1] == "=" and formula[-1] != "}" and _ALWAYS_THERE.issuperset(_CALLED.findall(formula))


class Page(Worksheet):
    """A worksheet with thousands of formulas of the kit's own."""

    def _prepare_formula(self, formula: str, *options: bool) -> str:
        return formula[1:] if _is_plain(formula) else super()._prepare_formula(formula, *options)


class EntryPage(Page):
    """An entry sheet: all columns after the last one described share one look, ``spare``, said once for all of them.

    XlsxWriter would keep a record of each of the 16,384.
    """

    spare: tuple[Format | None, Mapping[str, object]] = (None, {})

    def _write_cols(self) -> None:
        self._first_spare, widest = max(self.col_info, default=-1) + 1, self.dim_colmax
        self.set_column(self._first_spare, self._first_spare, None, *self.spare)
        self.dim_colmax = widest  # nothing stands in spare columns: the sheet is no wider for them
        super()._write_cols()

    def _write_col_info(self, col_min: int, col_max: int, col_info: object) -> None:
        super()._write_col_info(col_min, _LAST_COLUMN if col_max == self._first_spare else col_max, col_info)
