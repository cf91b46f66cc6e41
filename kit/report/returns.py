"""The returns of a period as notebook 01 shows them: the frames of ``status`` under Vietnamese headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.params import PlanParams
from kit.periods import Period
from kit.report import returns_tables, words
from kit.report.blocks import Table
from kit.report.content.sequence import Blocks
from kit.report.objects import overview_of_returns
from kit.report.reminders import reminders
from kit.report.returns_tables import SEVERITIES
from kit.report.status import REASONS, STATES, other_files, rates_frame, returns_frame, unreadable_files, year_findings
from kit.schema.load import load_schema
from kit.store import PeriodData
from kit.validation.findings import load_catalogue

UNIT_STATES = {
    "ended": "Đơn vị không còn hoạt động, số liệu tính cho {receiver}",
    "future": "Đơn vị chưa hoạt động, số liệu để lại kỳ sau",
    "unknown": "Đơn vị không có trong danh sách, số liệu không được tính",
}


@dataclass(frozen=True)
class Returns:
    """What came back for a period: ``kit.open_check(...)``. Every table is a frame for people; ``data`` has the rest.

    What a notebook shows are the same tables as blocks: ``opening()``, ``units_table()`` and so on.

    Without the clock: a report not yet here is "Chưa gửi" whatever the day (``kit status`` says what is overdue).
    """

    data: PeriodData

    def _ipython_display_(self) -> None:
        overview_of_returns(self)._ipython_display_()

    def __repr__(self) -> str:
        return f"Returns({self.data.period.code})"

    @property
    def period(self) -> Period:
        """The period."""
        return self.data.period

    @property
    def params(self) -> PlanParams:
        """The plan parameters."""
        return self.data.params

    @property
    def findings(self) -> pd.DataFrame:
        """All findings (columns of findings.csv)."""
        return self.data.findings

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row per expected unit (``kit.report.status.returns_frame``)."""
        return returns_frame(self.data)

    @property
    def units(self) -> pd.DataFrame:
        """One row per expected unit: deadline, date sent, state, errors, file."""
        frame = self.frame
        state = [
            REASONS.get(reason) or STATES[state] for state, reason in zip(frame["state"], frame["reason"], strict=True)
        ]
        made = {
            "Mã": frame["unit_id"],
            "Đơn vị": frame["name"],
            "Hạn gửi": [words.short_date(day) for day in frame["deadline"]],
            "Ngày gửi": ["" if pd.isna(day) else words.short_date(day) for day in frame["sent_date"]],
            "Tình trạng": state,
            "Lỗi": frame["errors"],
            "Cảnh báo": frame["warnings"],
            "Tệp": frame["files"],
        }
        return pd.DataFrame(made).set_index("Mã")

    @property
    def rates(self) -> pd.DataFrame:
        """Reporting rate overall and on time, of every unit that has units below it (BC-01, BC-02)."""
        frame = rates_frame(self.data)
        rows = frame[["sent", "on_time", "expected"]].itertuples(index=False)
        shares = [
            (words.share(int(sent), int(all_)), words.share(int(timely), int(all_))) for sent, timely, all_ in rows
        ]
        made = pd.DataFrame(shares, columns=["Đã gửi", "Gửi đúng hạn"])
        return made.assign(**{"Đơn vị": frame["name"]}).set_index("Đơn vị")

    @property
    def problem_files(self) -> pd.DataFrame:
        """Files that cannot be read, and files of units that are not expected."""
        unreadable = unreadable_files(self.data).rename(columns={"message": "Vấn đề"})
        others = other_files(self.data)
        told = [UNIT_STATES[row.unit_state].format(receiver=row.receiver) for row in others.itertuples()]
        others = others[["file", "unit_id"]].assign(**{"Vấn đề": pd.Series(told, index=others.index, dtype="str")})
        both = pd.concat([unreadable, others], ignore_index=True)
        return both.rename(columns={"file": "Tệp", "unit_id": "Mã"}).set_index("Tệp")

    @property
    def kinds(self) -> pd.DataFrame:
        """How many findings of each kind the plan year's files have, the gravest and most frequent first."""
        catalogue = load_catalogue(load_schema())
        found = year_findings(self.data)
        counts = found.groupby(["severity", "code"]).size().rename("Số lượng").reset_index()
        order = counts["severity"].map({severity: at for at, severity in enumerate(SEVERITIES)})
        counts = counts.assign(order=order, **{"Mức": counts["severity"].map(SEVERITIES)})
        counts["Nội dung"] = [
            catalogue[code].title.rstrip(".") if code in catalogue else code for code in counts["code"]
        ]
        counts = counts.sort_values(["order", "Số lượng", "code"], ascending=[True, False, True])
        return counts[["Mức", "Nội dung", "Số lượng"]].set_index("Mức")

    @property
    def errors(self) -> pd.DataFrame:
        """Errors in the plan year's files with their place, as findings.csv orders them."""
        found = year_findings(self.data)
        found = found.loc[found["severity"] == "error"]
        names = {
            "unit_id": "Mã",
            "source_sheet": "Trang",
            "source_row": "Dòng",
            "source_column": "Cột",
            "message": "Nội dung",
        }
        return found[list(names)].rename(columns=names).astype("object").fillna("").set_index("Mã")

    @property
    def reminders(self) -> Mapping[str, str]:
        """A text for each unit that has something to do, ready to paste into a chat."""
        return reminders(self.data)

    def opening(self) -> Blocks:
        """The period, and how many errors, problem files, warnings and reports there are."""
        return returns_tables.opening(self)

    def problem_files_table(self) -> Table:
        """``problem_files`` as a table."""
        return returns_tables.problem_files(self)

    def kinds_table(self) -> Table:
        """``kinds`` as a table."""
        return returns_tables.kinds(self)

    def findings_table(self) -> Table:
        """Errors, then warnings, each with file, sheet and cell, as a table."""
        return returns_tables.findings(self)

    def units_table(self) -> Table:
        """``units`` as a table, those with something to do first."""
        return returns_tables.units(self)

    def rates_table(self) -> Table:
        """``rates`` as a table."""
        return returns_tables.rates(self)

    def reminder_texts(self) -> Blocks:
        """``reminders`` under the names of the units."""
        return returns_tables.reminders(self)
