"""Plan parameters: defaults, mistakes and deadlines (indicators.md, BC-02; Nghị định 09/2019/NĐ-CP, Điều 13)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kit.errors import DeclarationError, UsageError
from kit.params import LEVELS, PlanParams, load_plan_params, plan_params
from kit.periods import parse_period


def test_what_is_not_written_is_usual():
    params = plan_params({"plan_year": 2024}, "plan.yaml")
    assert (params.scheme, params.start_grace_days, params.reading_date, params.holidays) == ("nd09", 7, None, None)
    assert dict(params.targets) == {}
    assert [params.deadline_working_days[level] for level in LEVELS] == [2, 4, 4, 7, 9]
    assert params.plausibility["attendances_per_session"] == 500
    assert params == PlanParams(2024)


def test_a_blank_parameter_is_usual():
    assert plan_params({"plan_year": 2024, "start_grace_days": None, "targets": None}, "plan.yaml") == PlanParams(2024)


def test_one_deadline_given_leaves_the_others():
    params = plan_params({"plan_year": 2024, "deadline_working_days": {"commune": 5}}, "plan.yaml")
    assert [params.deadline_working_days[level] for level in LEVELS] == [5, 4, 4, 7, 9]


def test_a_target_is_exact():
    params = plan_params({"plan_year": 2024, "targets": {"CS-01": 70, "KP-01": 99.9}}, "plan.yaml")
    assert params.targets == {"CS-01": Fraction(70), "KP-01": Fraction(999, 10)}


def test_the_period_of_a_code_follows_the_scheme_of_the_plan():
    params = plan_params({"plan_year": 2024, "scheme": "calendar"}, "plan.yaml")
    assert params.period("2024-H1") == parse_period("2024-H1", "calendar")


def test_every_mistake_is_told_at_once_with_a_suggestion():
    raw = {
        "start_grace_day": 7,
        "scheme": "nd9",
        "targets": {"CS-1": 70, "CD-01": 100},
        "start_grace_days": -1,
        "deadline_working_days": {"comune": 2},
        "holidays": ["2024-02-30"],
        "reading_date": "14/6/2024",
        "plausibility": {"attendances_per_sesion": 500},
    }
    with pytest.raises(DeclarationError) as caught:
        plan_params(raw, "plan-2024.yaml")
    mistakes = "\n".join(caught.value.mistakes)
    assert len(caught.value.mistakes) == len(raw) + 1  # and plan_year is missing
    for said in (
        "unknown parameter 'start_grace_day' (did you mean 'start_grace_days'?)",
        "plan_year: missing",
        "scheme: one of nd09, calendar is expected, found 'nd9'",
        "targets: unknown name 'CS-1' (did you mean 'CS-01'?)",
        "start_grace_days: a whole number from 0 to 366 is expected, found -1",
        "deadline_working_days: unknown name 'comune' (did you mean 'commune'?)",
        "holidays: an ISO date (2024-06-20) is expected, found '2024-02-30'",
        "reading_date: an ISO date (2024-06-20) is expected, found '14/6/2024'",
        "did you mean 'attendances_per_session'?",
    ):
        assert said in mistakes
    assert str(caught.value).startswith("plan-2024.yaml")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plan_year", None),
        ("plan_year", "2024"),
        ("plan_year", True),
        ("plan_year", 12),
        ("scheme", ["nd09"]),
        ("targets", [70]),
        ("targets", {"CS-01": "70%"}),
        ("targets", {"CS-01": True}),
        ("targets", {"CS-01": float("nan")}),
        ("start_grace_days", 7.5),
        ("deadline_working_days", {"commune": "two"}),
        ("holidays", "2024-06-17"),
        ("holidays", [20240617]),
        ("reading_date", 20240617),
        ("plausibility", {"attendances_per_session": None}),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(name: str, value: object):
    with pytest.raises(DeclarationError, match=f"  - {name}: "):
        plan_params({"plan_year": 2024, name: value}, "plan.yaml")


@pytest.mark.parametrize("raw", [None, [], "plan_year 2024"])
def test_a_file_that_is_no_mapping_is_refused(raw: object):
    with pytest.raises(DeclarationError, match="a mapping of parameters is expected"):
        plan_params(raw, "plan.yaml")


def test_a_file_is_read_with_its_dates(tmp_path: Path):
    file = tmp_path / "plan-2024.yaml"
    file.write_text("plan_year: 2024\nreading_date: 2024-06-20\nholidays: [2024-06-17]\n", encoding="utf-8-sig")
    params = load_plan_params(file)
    assert (params.reading_date, params.holidays) == (date(2024, 6, 20), frozenset([date(2024, 6, 17)]))


def test_json_is_read_too(tmp_path: Path):
    file = tmp_path / "plan.json"
    file.write_text('{"plan_year": 2024, "reading_date": "2024-06-20"}', encoding="utf-8")
    assert load_plan_params(file) == PlanParams(2024, reading_date=date(2024, 6, 20))


def test_no_file_is_wrong_use(tmp_path: Path):
    with pytest.raises(UsageError, match="no parameter file plan-2031.yaml"):
        load_plan_params(tmp_path / "plan-2031.yaml")


@pytest.mark.parametrize("text", [b"plan_year: [2024", b"plan_year: \xff2024"])
def test_a_file_that_cannot_be_parsed_is_a_wrong_declaration(tmp_path: Path, text: bytes):
    (tmp_path / "plan.yaml").write_bytes(text)
    with pytest.raises(DeclarationError, match=r"plan\.yaml cannot be read"):
        load_plan_params(tmp_path / "plan.yaml")


DEADLINES = [
    # Friday 14/6/2024: 17, 18 | 19, 20 | 21, 24, 25 | 26, 27.
    ("2024-H1", "nd09", "commune", date(2024, 6, 18)),
    ("2024-H1", "nd09", "district", date(2024, 6, 20)),
    ("2024-H1", "nd09", "department", date(2024, 6, 20)),
    ("2024-H1", "nd09", "province", date(2024, 6, 25)),
    ("2024-H1", "nd09", "ministry", date(2024, 6, 27)),
    # Tet 2024 was off from 8/2 to 14/2: 15, 16 | 19, 20 | 21, 22, 23.
    ("2024-M02", "nd09", "commune", date(2024, 2, 16)),
    ("2024-M02", "nd09", "province", date(2024, 2, 23)),
    # 31/1/2024: 1, 2, 5, 6, 7/2, then Tet, then 15, 16/2.
    ("2024-M01", "calendar", "province", date(2024, 2, 16)),
    # Saturday 31/12/2022: New Year's Day is a Sunday, so Monday 2/1 is off as well.
    ("2022-Y", "calendar", "commune", date(2023, 1, 4)),
    # Sunday 30/4/2023: 1/5, and 2/5 and 3/5 for the Hung Kings' day (Saturday 29/4) and 30/4.
    ("2023-M04", "calendar", "commune", date(2023, 5, 5)),
    # Saturday 30/8 … 2/9/2025: the National Day has two days, 1 and 2/9.
    ("2025-M08", "calendar", "commune", date(2025, 9, 4)),
]


@pytest.mark.parametrize(
    ("code", "scheme", "level", "day"), DEADLINES, ids=[f"{d[0]}-{d[1]}-{d[2]}" for d in DEADLINES]
)
def test_the_deadline_is_the_nth_working_day_after_t(code: str, scheme: str, level: str, day: date):
    assert PlanParams(2024, scheme).deadline(parse_period(code, scheme), level) == day


def test_declared_holidays_replace_the_usual_ones():
    params = PlanParams(2024, holidays=frozenset([date(2024, 2, 15)]))
    assert params.is_working_day(date(2024, 2, 12))  # Tet, but not declared
    assert params.deadline(parse_period("2024-M02"), "commune") == date(2024, 2, 19)  # 16 (Friday) and 19


def test_no_declared_holiday_at_all_leaves_weekends():
    params = plan_params({"plan_year": 2024, "holidays": []}, "plan.yaml")
    assert params.is_working_day(date(2024, 1, 1))
    assert not params.is_working_day(date(2024, 6, 15))


def test_zero_working_days_is_the_cut_off_itself():
    params = plan_params({"plan_year": 2024, "deadline_working_days": {"commune": 0}}, "plan.yaml")
    assert params.deadline(parse_period("2024-H1"), "commune") == date(2024, 6, 14)
