"""Blocks as plain text."""

import pytest
import sample_document as sample
import sample_tables as tables

from kit.report import blocks as b
from kit.report import plain


def test_every_block_of_a_report_has_a_plain_text():
    for block in sample.cells():
        if isinstance(block, b.Block):
            assert plain.block(block.to_json()).strip()


def test_an_unknown_kind_is_refused_with_the_known_kinds():
    with pytest.raises(ValueError, match="unknown block kind 'sparkline'; known: annex, bullets"):
        plain.block({"kind": "sparkline"})


def test_numbers_of_a_table_stand_under_one_another():
    lines = plain.block(tables.CHANNELS.to_json()).splitlines()
    assert lines[0] == "Hoạt động truyền thông theo hình thức"
    assert (
        len(
            {
                line.rindex(number) + len(number)
                for line, number in zip(lines[3:], ("36,5", "12,0", "0,0", "48,5"), strict=True)
            }
        )
        == 1
    )


def test_an_empty_table_says_so():
    assert plain.block(tables.EMPTY.to_json()) == "Nhiệm vụ quá hạn\nKhông phát sinh."


def test_hidden_rows_are_announced():
    told = plain.block(tables.POLICIES.to_json())
    assert "Còn 7 dòng khác trong tệp annex.xlsx, trang “Chính sách thuộc phạm vi và…”." in told


def test_a_card_shows_value_counts_target_status_and_change():
    text = plain.block(b.Cards((sample.CARDS.cards[0],)).to_json())
    assert text.splitlines()[:2] == [
        "Chính sách được truyền thông đủ các giai đoạn: 75,0% (9/12 chính sách)",
        "  Chỉ tiêu: từ 70% · ● Đạt · tăng 12,5 điểm phần trăm so với cùng kỳ",
    ]


def test_escape_sequences_and_bidirectional_controls_never_reach_the_terminal():
    text = plain.block(b.Paragraphs(("a\x1b[31mđỏ\x00\u202eb\u200d\nc",)).to_json())
    assert text == "a[31mđỏb\u200d\nc"


def test_recipients_are_listed_as_the_decree_lists_them():
    assert plain.as_list(["Như trên", "Lưu: VT, TP."]) == ["- Như trên;", "- Lưu: VT, TP."]
