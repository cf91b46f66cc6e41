"""What the end of the year still asks for: sure, still to be told, lost; tasks a month."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kit.report.content import outlook
from kit.report.content.outlook import YearEnd, assigned_policies, ends_in_year, task_outlook, within_year, year_end
from tests.report.content.stub import figure, figures, subject


def policy(*days: str | None, **more: object) -> dict:
    names = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date")
    return {"policy_id": "P", "title": "T", **{n: d for n, d in zip(names, days, strict=False) if d}, **more}


def told(*days: str) -> list[dict]:
    row = {"_unit": "XA-01", "kind": "policy_communication", "policy_id": "P", "form": "news"}
    return [{**row, "activity_id": str(at), "date": day} for at, day in enumerate(days)]


@pytest.mark.parametrize(
    ("given", "days", "end"),
    [
        (policy("2024-01-10"), [], YearEnd(0, 1, 0)),
        (policy("2024-01-10"), ["2024-02-01"], YearEnd(1, 0, 0)),
        (policy("2024-01-10"), ["2024-07-01"], YearEnd(0, 1, 0)),  # after T: not known on T
        (policy("2024-01-10", "2024-03-01"), ["2024-03-02"], YearEnd(0, 0, 1)),
        (policy("2024-01-10", "2024-09-01"), ["2024-02-01"], YearEnd(0, 1, 0)),
        (policy("2024-09-01"), [], YearEnd(0, 1, 0)),
        (policy("2024-12-10"), [], YearEnd(0, 0, 0)),  # less than the days of grace before the end of the year
        (policy("2025-02-01"), [], YearEnd(0, 0, 0)),
        (policy("2023-01-10", None, None, "2023-11-30"), [], YearEnd(0, 0, 0)),
        (policy("2023-09-01", None, None, "2023-12-20"), ["2023-09-05"], YearEnd(1, 0, 0)),
        (policy("2024-01-10", withdrawn_date="2024-10-01"), [], YearEnd(0, 0, 0)),
    ],
)
def test_a_policy_at_the_end_of_the_year(given, days, end):
    rows = {"policies": [given], "assignments": [{"policy_id": "P", "unit_id": "XA-01"}], "activities": told(*days)}
    made = subject(**rows)
    assert year_end(made, assigned_policies(made)) == end


def said(end: YearEnd, now, monkeypatch) -> str:
    monkeypatch.setattr(outlook, "year_end", lambda subject, policies: end)
    return outlook.policy_outlook(figures(now), [])


NOW = figure("CS-01", 5, 7, target=70)


@pytest.mark.parametrize(
    ("end", "now", "text"),
    [
        (YearEnd(0, 0, 0), NOW, ""),
        (YearEnd(7, 0, 0), NOW, ""),
        (YearEnd(7, 2, 0), NOW, "cả năm đã bảo đảm với 7/9 chính sách; tiếp tục truyền thông các giai đoạn còn lại"),
        (YearEnd(3, 5, 1), NOW, "phải truyền thông đủ ít nhất 4 trong 5 chính sách còn giai đoạn đang hoặc sẽ diễn ra; "
         "với tỷ lệ hiện nay là 71,4% (5/7) thì chưa đạt chỉ tiêu."),
        (YearEnd(4, 5, 0), NOW, "nếu giữ được tỷ lệ hiện nay là 71,4% (5/7) thì đạt chỉ tiêu."),
        (YearEnd(6, 1, 2), NOW, "vì vậy phải truyền thông đủ chính sách còn lại"),
        (YearEnd(0, 1, 0), figure("CS-01", 0, 1, target=70), "các giai đoạn còn lại của chính sách duy nhất được "
         "đánh giá đến cuối năm."),
        (YearEnd(0, 0, 1), NOW, "cả năm không còn khả năng đạt được do có giai đoạn đã kết thúc"),
        (YearEnd(1, 2, 6), NOW, "tối đa chỉ còn 33,3% (3/9), do có giai đoạn đã kết thúc mà không được truyền thông; "),
        (YearEnd(0, 3, 0), figure("CS-01", 0, 0, target=70), "chưa đủ căn cứ để nhận định tiến độ."),
        (YearEnd(0, 2, 0), figure("CS-01", 2, 2), "để đạt chỉ tiêu 100% của Đề án cần 2 chính sách"),
    ],
)  # fmt: skip
def test_what_the_target_of_the_year_still_asks_for(end, now, text, monkeypatch):
    found = said(end, now, monkeypatch)
    assert text in found if text else not found


def test_a_verdict_on_a_unit_that_has_not_reported_says_so(monkeypatch):
    monkeypatch.setattr(outlook, "year_end", lambda subject, policies: YearEnd(0, 0, 1))
    found = outlook.policy_outlook(figures(NOW, figure("BC-01", 0, 1)), [])
    assert found.startswith("Theo số liệu hiện có (đơn vị chưa gửi báo cáo), chỉ tiêu từ 70% của Kế hoạch cả năm")
    assert outlook.policy_outlook(figures(NOW, figure("BC-01", 1, 1)), []).startswith("Chỉ tiêu từ 70%")


def tasks(done: int, left: int, overdue: int = 0) -> list[dict]:
    return [{"state": state} for state in ["on_time"] * done + ["open"] * (left - overdue) + ["overdue"] * overdue]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (tasks(5, 0), ""),
        (tasks(5, 1), "Từ nay đến cuối năm còn phải hoàn thành 1 nhiệm vụ của Kế hoạch; đến nay đã hoàn thành 5/6 "
         "nhiệm vụ của năm."),
        (tasks(0, 4, 1), "còn phải hoàn thành 4 nhiệm vụ của Kế hoạch (trong đó 1 nhiệm vụ đã quá hạn); từ đầu năm "
         "chưa hoàn thành nhiệm vụ nào"),
        (tasks(24, 12), "bình quân 2 nhiệm vụ mỗi tháng; từ đầu năm bình quân mỗi tháng hoàn thành 4 nhiệm vụ, tiến "
         "độ này đủ để hoàn thành trong năm."),
        (tasks(6, 12, 1), "bình quân mỗi tháng hoàn thành 1 nhiệm vụ, tiến độ này chưa đủ để hoàn thành trong năm."),
        (tasks(6, 12), "bình quân mỗi tháng hoàn thành 1 nhiệm vụ; không có nhiệm vụ quá hạn."),
        (tasks(0, 4), "từ đầu năm chưa hoàn thành nhiệm vụ nào."),
        (tasks(3, 1, 1), ""),  # told of already
    ],
)  # fmt: skip
def test_tasks_that_remain(given, text):
    found = task_outlook(figures(), given)
    assert text in found if text else not found


def test_nothing_is_reckoned_to_a_years_end_that_has_come_or_is_not_reached():
    assert within_year(subject(code="2024-Q3")) and not within_year(subject(code="2024-H2"))
    assert not within_year(subject(code="2024-01-01..2024-03-31"))
    district = subject("HU-01", "2025-Q1")
    assert not within_year(district) and ends_in_year(district) == "30/6/2025"
    assert ends_in_year(SimpleNamespace(period=SimpleNamespace(free=True))) == ""
