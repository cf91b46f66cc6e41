"""The formal head, the first paragraph and the signature."""

from __future__ import annotations

from kit.report.blocks import Callout, Head, Signature
from tests.report.content.reading import blocks_of, report, text_of
from tests.report.sample_period import ISSUERS, tables


def head_of(unit: str = "XA-01", code: str = "2024-H1", **more) -> Head:
    return next(block for block in report(unit, code, **more).head() if isinstance(block, Head))


def test_the_head_comes_from_the_issuer_line():
    head = head_of()
    assert head.body == "ỦY BAN NHÂN DÂN XÃ MẪU MỘT"
    assert head.number_line == "Số:      /BC-UBND"
    assert head.date_line == "Mẫu Một, ngày … tháng … năm 2024"
    assert head.subject == "Kết quả thực hiện Kế hoạch truyền thông dự thảo chính sách 6 tháng đầu năm 2024"
    assert head.addressees == ("Ủy ban nhân dân huyện Mẫu Đông",)
    assert head.period_line == "Kỳ báo cáo: 15/12/2023 – 14/6/2024"


def test_the_line_valid_on_the_deadline_is_used():
    old, new = ({**ISSUERS[0], "valid_to": "2024-06-17"}, {**ISSUERS[0], "valid_from": "2024-06-18", "symbol": "BC-X"})
    changed = {**tables(), "issuers": [old, new]}
    assert head_of(rows=changed).number_line.endswith("/BC-X")


def test_what_is_blank_prints_blank():
    line = {name: value for name, value in ISSUERS[0].items() if name not in ("addressee", "signer", "authority")}
    made = report(rows={**tables(), "issuers": [line]})
    assert blocks_of(made.head())[0].addressees == ()
    signature = blocks_of(made.signature())[-1]
    assert (signature.signer, signature.authority) == ("", "")


def test_several_addressees_are_separated_by_semicolons():
    line = {**ISSUERS[0], "addressee": "Ủy ban nhân dân huyện Mẫu Đông; Phòng Tư pháp"}
    assert head_of(rows={**tables(), "issuers": [line]}).addressees == (
        "Ủy ban nhân dân huyện Mẫu Đông",
        "Phòng Tư pháp",
    )


def test_without_an_issuer_the_report_is_still_readable():
    made = report("XA-06")
    head = blocks_of(made.head())[0]
    assert (head.body, head.number_line) == ("XÃ MẪU SÁU", "Số:      /BC")
    assert "Chưa có thể thức ban hành của xã Mẫu Sáu vào ngày 18 tháng 6 năm 2024" in text_of(made.annex_quality())


def test_the_year_of_the_date_line_is_that_of_the_deadline():
    assert head_of("XA-01", "2024-Y").date_line.endswith("năm 2024")
    assert head_of("XA-01", "2024-12-20..2024-12-31").date_line.endswith("năm 2025")


def test_the_opening_names_the_body_in_small_letters():
    assert "Ủy ban nhân dân xã Mẫu Một báo cáo kết quả thực hiện 6 tháng đầu năm 2024" in text_of(report().head())
    assert "huyện Mẫu Đông báo cáo" in text_of(report("HU-01").head())


def test_a_unit_that_has_not_reported_is_warned_of_and_others_are_not():
    assert not [block for block in report().head() if isinstance(block, Callout)]
    assert "Xã Mẫu Sáu chưa gửi báo cáo của kỳ này" in text_of(report("XA-06").head())
    assert "Còn 1/7 đơn vị chưa gửi báo cáo" in text_of(report("HU-01").head())


def test_the_signature_keeps_authority_position_and_recipients():
    signature = blocks_of(report().signature())[-1]
    assert isinstance(signature, Signature)
    assert (signature.authority, signature.position) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert signature.recipients[0] == "Như trên"
    assert text_of(report().signature()).startswith("Trên đây là báo cáo kết quả thực hiện Kế hoạch")


def test_the_annex_refers_to_the_report_without_number_and_date():
    annex = blocks_of(report().annex_policies())[0]
    assert annex.attached_to == (
        "Kèm theo Báo cáo số      /BC-UBND ngày … tháng … năm 2024 của Ủy ban nhân dân xã Mẫu Một"
    )
