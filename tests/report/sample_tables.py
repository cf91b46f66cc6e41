"""Tables and the chart of the sample document."""

from __future__ import annotations

from kit.report import blocks as b

_DONE, _SOME, _NONE = ("met", "Đủ"), ("nearly", "Một phần"), ("not_met", "Chưa")
_POLICIES = (
    ("Luật Đất đai (sửa đổi)", "Bộ Tài nguyên và Môi trường", "Thông qua", _DONE),
    ("Luật Bảo hiểm xã hội (sửa đổi)", "Bộ Lao động - Thương binh và Xã hội", "Thẩm định", _SOME),
    (
        "Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ (sửa đổi)",
        "Bộ Công an",
        "Lấy ý kiến",
        _DONE,
    ),
    ("Luật Tư pháp người chưa thành niên", "Tòa án nhân dân tối cao", "Soạn thảo", _NONE),
    (
        "Nghị quyết quy định mức thu học phí năm học 2024 - 2025",
        "Sở Giáo dục và Đào tạo",
        "Lấy ý kiến",
        _DONE,
    ),
)

POLICIES = b.Table(
    caption="Chính sách thuộc phạm vi và mức độ truyền thông",
    columns=(
        b.Column("STT", "center", 0.5),
        b.Column("Dự thảo chính sách", "left", 3.2),
        b.Column("Cơ quan chủ trì", "left", 2.2),
        b.Column("Giai đoạn", "left", 1.3),
        b.Column("Truyền thông", "left", 1.4),
    ),
    rows=tuple((str(n), name, lead, stage, status[1]) for n, (name, lead, stage, status) in enumerate(_POLICIES, 1)),
    name="chinh-sach",
    status_column=4,
    status=tuple(status[0] for *_, status in _POLICIES),
    hidden_rows=7,
    note="Giai đoạn tính đến ngày 14/6/2024.",
    data=(("policy_id", "name"), ("CS-01", "Luật Đất đai (sửa đổi)")),
)

CHANNELS = b.Table(
    caption="Hoạt động truyền thông theo hình thức",
    columns=(
        b.Column("Hình thức", "left", 3),
        b.Column("Số lượt", "right", 1),
        b.Column("Người tham dự", "right", 1.2),
        b.Column("Kinh phí (triệu đồng)", "right", 1.4),
    ),
    rows=(
        ("Hội nghị, tọa đàm trực tiếp", "12", "1.840", "36,5"),
        ("Hệ thống truyền thanh cơ sở", "1.180", "–", "12,0"),
        ("Cổng thông tin điện tử, mạng xã hội", "42", "–", "0,0"),
        ("Cộng", "1.234", "1.840", "48,5"),
    ),
    name="hinh-thuc",
    totals=(3,),
)

EMPTY = b.Table(
    caption="Nhiệm vụ quá hạn",
    columns=(b.Column("Nhiệm vụ", "left", 3), b.Column("Cơ quan chịu trách nhiệm", "left", 2)),
    rows=(),
)


def chart() -> str:
    """Return a small bar chart as matplotlib would write it with ``svg.fonttype: none``: text stays text."""
    rows = (("Tân Phước", 75.0), ("Hòa Bình", 62.5), ("Phường Vĩnh Thủy", 40.0), ("Quảng Ngưỡng", 12.5))
    bars = "".join(
        f'<text style="font: 11px \'DejaVu Sans\'; text-anchor: end" x="128" y="{34 + 34 * n}">{name}</text>'
        f'<rect x="136" y="{20 + 34 * n}" width="{value * 2.8}" height="20" style="fill: #2b5c8a"/>'
        f'<text style="font: 11px \'DejaVu Sans\'" x="{142 + value * 2.8}" y="{34 + 34 * n}">'
        f"{value:.1f}%</text>".replace(".0%", ",0%").replace(".5%", ",5%")
        for n, (name, value) in enumerate(rows)
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="432pt" height="160pt" viewBox="0 0 432 160" version="1.1">'
        f'<line x1="136" y1="10" x2="136" y2="150" style="stroke: #333333; stroke-width: 0.8"/>{bars}</svg>'
    )


FIGURE = b.Figure(
    caption="Tỷ lệ chính sách được truyền thông đủ các giai đoạn, theo đơn vị",
    svg=chart(),
    alt="Biểu đồ thanh ngang: Tân Phước 75,0%; Hòa Bình 62,5%; Phường Vĩnh Thủy 40,0%; Quảng Ngưỡng 12,5%.",
    name="don-vi",
    note="Đường kẻ đứng là mốc 0%.",
    data=(("unit", "value"), ("Tân Phước", "75.0")),
)


def activities(count: int = 60) -> b.Table:
    """Return an annex table long enough to run over pages."""
    return b.Table(
        caption="Các hoạt động truyền thông trong kỳ",
        columns=(
            b.Column("STT", "center", 0.5),
            b.Column("Ngày", "left", 1),
            b.Column("Nội dung", "left", 3.4),
            b.Column("Hình thức", "left", 2),
            b.Column("Số người", "right", 0.9),
        ),
        rows=tuple(
            (str(n), f"{n % 28 + 1}/{n % 6 + 1}/2024", f"Giới thiệu dự thảo Luật Đất đai (sửa đổi), đợt {n}",
             "Tọa đàm trực tiếp" if n % 3 else "Truyền thanh cơ sở", f"{n * 37 % 900 + 20}")
            for n in range(1, count + 1)
        ),
        name="hoat-dong",
    )  # fmt: skip
