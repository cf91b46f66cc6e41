"""A key chosen by its label is read as the key: silently where the label is right, with a note where it is not."""

from __future__ import annotations

import pytest

from kit.collect.labels import agrees, is_period_label, labelled, period_labels, splits
from kit.collect.text import match_key
from kit.validation.labels import _key

TITLES = {
    ("", match_key("CS-2024-01")): "Luật Đất đai (sửa đổi)",
    ("", match_key("CS - 7")): "Nghị định - quy định chi tiết",
    ("XA-01\x1f2024", match_key("NV-01")): "Quán triệt - Đề án",
}


@pytest.mark.parametrize(
    ("text", "place", "key", "agreed"),
    [
        ("CS-2024-01 – Luật Đất đai (sửa đổi)", "", "CS-2024-01", True),
        ("cs-2024-01 - luật đất đai", "", "cs-2024-01", True),
        ("CS-2024-01 — Luật Nhà giáo", "", "CS-2024-01", False),
        ("CS - 7 – Nghị định - quy định chi tiết", "", "CS - 7", True),
        ("NV-01 – Quán triệt - Đề án", "XA-01\x1f2024", "NV-01", True),
        ("NV-01 – Quán triệt - Đề án", "XA-02\x1f2024", None, True),
        ("CS-2024-01", "", None, True),
        ("CS – 7", "", None, True),
        ("Luật Đất đai – CS-2024-01", "", None, True),
    ],
)
def test_the_key_before_the_separator_decides(text, place, key, agreed):
    assert _key(text, place, TITLES, people=False) == (key, agreed)


def test_a_long_title_is_cut_at_a_word_and_still_agrees():
    title = "Nghị quyết quy định " + "mức hỗ trợ học phí đối với trẻ mầm non " * 4
    label = labelled("CS-1", title)
    assert label.endswith("…") and len(label) < 105
    ((key, said),) = splits(label)
    assert key == "CS-1" and agrees(said, title) and said.rstrip("…").split()[-1] in title.split()


def test_every_period_offered_is_its_own_label():
    for label in period_labels(2024):
        ((code, said),) = splits(label)
        assert is_period_label(code, said)
    assert not is_period_label("2024-H1", "6 tháng cuối năm 2024")
    assert not is_period_label("2024-H1", "")
