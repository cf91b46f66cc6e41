"""The plain frame that Great Expectations looks at: only the columns its rules read, numpy types, one row number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kit.schema.rules import NeutralRule

ROW, KEY = "_row_number", "_key"


def sum_column(rule: NeutralRule) -> str:
    """Return the name of the column that holds the sum of a ``sum_at_most`` rule."""
    return "_sum_" + "_".join(rule.fields[:-1])


def gx_frame(frame: pd.DataFrame, rules: Sequence[NeutralRule], keys: pd.Series) -> pd.DataFrame:
    """Return the columns that the rules read.

    Whole numbers become floats (a float keeps every figure that conforming lets pass), text and flags become objects:
    pandas' nullable types make the engine slow, and some of its conditions fail on them.
    """
    columns: dict[str, object] = {ROW: np.arange(len(frame), dtype=np.int64)}
    for name in dict.fromkeys(name for rule in rules for name in rule.reads):
        columns[name] = _plain(frame[name])
    for rule in rules:
        if rule.check == "unique":
            columns[KEY] = _plain(keys)
        elif rule.check == "sum_at_most":
            columns[sum_column(rule)] = sum(_plain(frame[name]) for name in rule.fields[:-1])
    return pd.DataFrame(columns)


def _plain(values: pd.Series) -> np.ndarray:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.to_numpy()
    if pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype):
        return values.to_numpy(dtype="float64", na_value=np.nan)
    return values.astype("object").where(values.notna(), None).to_numpy(dtype=object)
