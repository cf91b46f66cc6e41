"""Policies at risk: silent in a running stage, silent for long, and neither."""

from __future__ import annotations

import pytest

from kit.report.content.coverage import Coverage
from kit.report.content.milestones import milestone_table, milestones
from kit.report.content.outlook import assigned_policies
from kit.report.content.risks import long_line, risk_table, risks, silent_line
from tests.report.content.stub import subject


def coverage(*policies: tuple[str, ...], told: tuple[tuple[int, str], ...] = ()) -> Coverage:
    """Policies by the days of their stages, and communications as (number of the policy, day); T is 14/6/2024."""
    names = ("proposal_consultation_date", "draft_consultation_date", "appraisal_date", "adoption_date")
    listed = [
        {"policy_id": f"P{at}", "title": f"Chính sách {at}", **{n: d for n, d in zip(names, days, strict=False) if d}}
        for at, days in enumerate(policies)
    ]
    row = {"_unit": "XA-01", "kind": "policy_communication", "form": "news"}
    rows = [{**row, "activity_id": str(at), "policy_id": f"P{n}", "date": day} for at, (n, day) in enumerate(told)]
    given = [{"policy_id": policy["policy_id"], "unit_id": "XA-01"} for policy in listed]
    return Coverage(subject(policies=listed, assignments=given, activities=rows))


@pytest.mark.parametrize(
    ("days", "told", "found"),
    [
        (("2024-05-01",), ("2024-05-02",), []),
        (("2024-06-10",), (), []),  # within the days of grace: not reached
        (("2024-05-01",), (), [(("G1",), 44)]),
        (("2024-01-10", "2024-05-01"), ("2024-04-20",), [(("G2",), 55)]),
        (("2024-01-10",), ("2024-04-15",), []),  # 60 days, no more
        (("2024-01-10",), ("2024-04-14",), [((), 61)]),
        (("2024-01-10", "", "", "2024-06-14"), (), []),  # adopted: nothing can be told any more
        (("2024-01-10", "", "", "2024-08-01"), (), [(("G1",), 156)]),
    ],
)
def test_a_policy_is_at_risk(days, told, found):
    made = risks(coverage(days, told=tuple((0, day) for day in told)))
    assert [(risk.silent, risk.days) for risk in made] == found


def test_one_policy_is_named_in_the_sentence():
    made = risks(coverage(("2024-05-01",)))
    assert silent_line(made).endswith("1 chính sách đang ở giai đoạn chưa có truyền thông: Chính sách 0 (G1).")
    assert not long_line(made, 60) and risk_table(coverage(("2024-05-01",)), made) is None
    long = risks(coverage(("2024-01-10",), told=((0, "2024-02-01"),)))
    assert long_line(long, 60) == (
        "Truyền thông tiếp 1 chính sách đã gián đoạn truyền thông quá 60 ngày: Chính sách 0 (134 ngày)."
    )
    assert not silent_line(long)


def test_several_policies_are_listed_the_silent_stages_first():
    view = coverage(("2024-01-10",), ("2024-05-01",), told=((0, "2024-02-01"),))
    made = risks(view)
    assert silent_line(made).endswith("1 chính sách đang ở giai đoạn chưa có truyền thông (bảng Chính sách cần chú ý).")
    said = "Ngoài ra, truyền thông tiếp 1 chính sách khác đã gián đoạn truyền thông quá 60 ngày."
    assert long_line(made, 60) == said  # the table is named once
    table = risk_table(view, made)
    assert [row[1:] for row in table.rows] == [
        ("Chính sách 1", "G1", "Chưa có", "44", "Chưa truyền thông ở G1"),
        ("Chính sách 0", "G1", "01/02/2024", "134", "Gián đoạn kéo dài"),
    ]


def test_without_a_risk_there_is_no_sentence():
    assert not silent_line(()) and not long_line((), 60)


def test_the_milestones_of_policies_at_risk_stand_beside_them():
    view = coverage(("2024-05-01", "2024-07-01", "", "2024-08-10"), ("2024-05-02",), ("2024-05-01", "2024-09-02"))
    ahead = milestones(view.subject, assigned_policies(view.subject))
    made = risks(view)
    assert {row[1]: row[-1] for row in risk_table(view, made, ahead).rows} == {
        "Chính sách 0": "G2: 01/7/2024; thông qua: 10/8/2024",
        "Chính sách 1": "–",
        "Chính sách 2": "G2: 02/9/2024",
    }
    assert milestone_table(view.subject, ahead, {one.policy_id for one in made}) is None
    rest = milestone_table(view.subject, ahead, {"P0"})
    assert [row[1:] for row in rest.rows] == [("Chính sách 2", "G2: 02/9/2024")] and "chính sách khác" in rest.caption
