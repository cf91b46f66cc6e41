"""V. Who is asked for what: levels as written or by category, units counted, open difficulties without a proposal."""

from __future__ import annotations

import pytest

from kit.report.content.proposals import proposals
from tests.report.content.reading import text_of
from tests.report.content.stub import subject

USUAL = {"category": "funding", "reported_date": "2024-05-01", "description": "Thiếu kinh phí"}


def obstacle(unit: str, number: int = 1, **more: object) -> dict:
    return {"_unit": unit, "obstacle_id": str(number), **USUAL, **more}


def said(*rows: dict, unit: str = "XA-01", code: str = "2024-H1") -> str:
    given = [{"_year": int(code[:4]), **row} for row in rows]
    return text_of(proposals(subject(unit, code, obstacles=given)))


@pytest.mark.parametrize(
    ("row", "unit", "text"),
    [
        ({}, "XA-01", "1. Đối với cấp huyện"),
        ({"category": "skills"}, "XA-01", "1. Nội dung thuộc thẩm quyền cấp xã"),
        ({"responsible_level": "ministry"}, "XA-01", "1. Đối với Bộ, ngành trung ương"),
        ({"responsible_level": "province"}, "XA-01", "Xem xét, tháo gỡ khó khăn về kinh phí (nêu tại mục III.4)."),
        ({"category": "skills"}, "XA-01", "Chủ động khắc phục khó khăn về kỹ năng truyền thông (nêu tại mục III.4)"),
        ({"category": "other"}, "XA-01", "Xem xét, tháo gỡ các khó khăn khác"),
        ({}, "HU-01", "Xem xét, tháo gỡ khó khăn về kinh phí – phản ánh của xã Mẫu Một (cấp giải quyết xác định theo"),
        ({"proposal": "bố trí kinh phí."}, "HU-01", "Bố trí kinh phí – kiến nghị của xã Mẫu Một"),
    ],
)
def test_one_open_difficulty(row, unit, text):
    assert text in said(obstacle("XA-01", **row), unit=unit)


def test_after_the_end_of_districts_a_commune_turns_to_the_province():
    text = said(obstacle("XA-01", reported_date="2025-10-01"), code="2025-Y")
    assert "1. Đối với cấp tỉnh" in text and "cấp huyện" not in text


def test_the_same_proposal_of_many_is_said_once_and_first():
    asked = [obstacle(f"XA-0{n}", proposal="Bố trí kinh phí", responsible_level="province") for n in (1, 2, 3)]
    other = obstacle("XA-04", proposal="Tập huấn", responsible_level="province")
    text = said(other, *asked, unit="HU-01")
    assert "Tổng hợp từ 4 khó khăn, vướng mắc chưa được giải quyết của 4 đơn vị" in text
    assert text.count("Bố trí kinh phí") == 1 and text.index("Bố trí") < text.index("Tập huấn")
    assert "kiến nghị của 3 đơn vị (xã Mẫu Ba, xã Mẫu Hai và xã Mẫu Một)" in text


def test_what_is_resolved_or_not_an_obstacle_is_asked_of_nobody():
    text = said(obstacle("XA-01", resolved_date="2024-06-01", proposal="X"), obstacle("XA-02", category="none"))
    assert text == "Chưa có thông tin về đề xuất, kiến nghị."


def test_nothing_is_proposed_where_a_report_names_no_difficulty():
    sent = subject(submissions=[{"_unit": "XA-01", "period": "2024-H1"}])
    assert text_of(proposals(sent)) == "Không có đề xuất, kiến nghị."
