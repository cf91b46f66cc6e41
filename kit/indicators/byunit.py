"""Rows of a frame found by the unit they belong to, and cut out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import numpy as np
import pandas as pd


class ByUnit:
    """The rows of a frame by unit: ``places`` maps each unit to the positions of its rows, ascending.

    A copy of the frame in which the rows of a unit lie together is made when rows are first asked for: those of one
    unit are then a part of it, and not copied.
    """

    def __init__(self, frame: pd.DataFrame, column: str):
        self.places: Mapping[str, np.ndarray] = frame.groupby(column, sort=False).indices
        self._whole = frame

    def rows(self, places: np.ndarray) -> pd.DataFrame:
        """Return the rows at ascending positions with their labels."""
        return taken(self._gathered, self._moved[places])

    @cached_property
    def _order(self) -> np.ndarray:
        owned = np.concatenate([*self.places.values(), np.empty(0, dtype=np.intp)])
        return np.concatenate([owned, np.setdiff1d(np.arange(len(self._whole)), owned)])

    @cached_property
    def _moved(self) -> np.ndarray:
        """Position in the frame → position among the gathered rows."""
        moved = np.empty(len(self._order), dtype=np.intp)
        moved[self._order] = np.arange(len(moved))
        return moved

    @cached_property
    def _gathered(self) -> pd.DataFrame:
        return self._whole.take(self._order)


def taken(frame: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    """Return the rows at these positions with their labels; those that lie together are not copied."""
    first = int(places[0]) if len(places) else 0
    if np.array_equal(places, np.arange(first, first + len(places))):
        return frame.iloc[first : first + len(places)]
    return frame.take(places)


def among(frame: pd.DataFrame, column: str, values: Collection[str]) -> pd.DataFrame:
    """Return the rows that have one of the values in a column of texts, with their labels; made for small frames.

    ``isin`` and ``==`` first make tables and masks, which costs more than looking at each of a few texts.
    """
    return taken(frame, positions(value in values for value in frame[column].tolist()))


def positions(wanted: Iterable[object]) -> np.ndarray:
    """Return the positions of what is true, ascending."""
    return np.array([at for at, one in enumerate(wanted) if one], dtype=np.intp)


def gathered(places: Mapping[str, np.ndarray], units: Iterable[str]) -> np.ndarray:
    """Return the positions of all rows of some units, ascending."""
    found = [places[unit] for unit in units if unit in places]
    return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)
