"""Short reports of four kinds of bodies, each signed in one of the four forms; units and persons are fictional."""

from __future__ import annotations

import sample_document as sample

from kit.report import blocks as b

_SUBJECT = "Kết quả thực hiện Kế hoạch truyền thông dự thảo chính sách 6 tháng đầu năm 2024"
_TEXT = "Trên đây là báo cáo kết quả thực hiện Kế hoạch truyền thông dự thảo chính sách 6 tháng đầu năm 2024./."


def _head(body: str, **facts) -> b.Head:
    usual = {"superior_body": "", "number_line": "Số:      /BC-UBND", "draft": True}
    return b.Head(body=body, document_type="Báo cáo", subject=_SUBJECT, **{**usual, **facts})


HEADS = {
    "commune": _head(
        "Ủy ban nhân dân xã Tân Phước",
        date_line="Tân Phước, ngày … tháng … năm 2024",
        addressees=("Ủy ban nhân dân huyện Đại Thành",),
    ),
    "district": _head(
        "Ủy ban nhân dân huyện Đại Thành",
        date_line="Đại Thành, ngày 05 tháng 02 năm 2024",
        addressees=("Ủy ban nhân dân tỉnh Bình Hưng", "Sở Tư pháp tỉnh Bình Hưng"),
        number_line="Số: 05/BC-UBND",
        draft=False,
    ),
    "province": _head(
        "Ủy ban nhân dân tỉnh Bình Hưng",
        date_line="Bình Hưng, ngày 25 tháng 6 năm 2024",
        addressees=("Bộ Tư pháp",),
        number_line="Số: 145/BC-UBND",
        draft=False,
    ),
    "department": _head(
        "Sở Tư pháp",
        superior_body="Ủy ban nhân dân tỉnh Bình Hưng",
        date_line="Bình Hưng, ngày … tháng … năm 2024",
        addressees=("Ủy ban nhân dân tỉnh Bình Hưng", "Cục Phổ biến, giáo dục pháp luật - Bộ Tư pháp"),
        number_line="Số:      /BC-STP",
    ),
}
SIGNED = {
    "commune": ("TM. Ủy ban nhân dân", "Chủ tịch", "Nguyễn Thị Hường"),
    "district": ("TM. Ủy ban nhân dân\nKT. Chủ tịch", "Phó Chủ tịch", "Trần Văn Đoàn"),
    "province": ("TL. Chủ tịch", "Chánh Văn phòng", "Lê Thị Ngỡ"),
    "department": ("TUQ. Giám đốc", "Trưởng phòng Phổ biến, giáo dục pháp luật", "Phạm Quốc Ưng"),
}
RECIPIENTS = ("Như trên", "Thường trực Tỉnh ủy", "Lưu: VT, TP")
# What a line of the signature must say in the end, from top to bottom.
LINES = {
    body: [line.upper() for line in f"{authority}\n{post}".split("\n")] for body, (authority, post, _) in SIGNED.items()
}


def report(body: str, *, rows: int = 40):
    """Return the executed notebook of one body's report: head, text, signature, an annex of ``rows``, another one."""
    items = [
        HEADS[body],
        b.Paragraphs((sample.INTRO, *sample.LEADERSHIP)),
        "## I. Công tác chỉ đạo\n\n### 1. Tập huấn\n\n#### a) Nguồn lực\n\nChữ thường.",
        b.Paragraphs((_TEXT,)),
        b.Signature(*SIGNED[body], RECIPIENTS),
        b.Annex("I", "Danh mục chính sách", f"({sample.ATTACHED})"),
        sample.activities(rows),
        b.Annex("II", "Chất lượng số liệu", sample.ATTACHED),
        b.Paragraphs(("Trong kỳ nhận được 24/24 biểu số liệu.",)),
    ]
    return sample.notebook(items)
