"""A lifelike commune report as blocks and Markdown, used by the tests of every exporter.

``cells()`` is the report in order: a ``str`` is a Markdown cell, a ``Block`` the output of a code cell.
``notebook()`` is the same as an executed notebook. Units and persons are fictional.
"""

from __future__ import annotations

import nbformat.v4 as v4
from sample_tables import CHANNELS, EMPTY, FIGURE, POLICIES, activities

from kit.report import blocks as b

ATTACHED = (
    "Kèm theo Báo cáo số      /BC-UBND ngày … tháng 6 năm 2024 của Ủy ban nhân dân xã Tân Phước, "
    "huyện Đại Thành, tỉnh Bình Hưng"
)

HEAD = b.Head(
    superior_body="Ủy ban nhân dân huyện Đại Thành",
    body="Ủy ban nhân dân xã Tân Phước",
    number_line="Số:      /BC-UBND",
    date_line="Tân Phước, ngày … tháng 6 năm 2024",
    document_type="Báo cáo",
    subject="Kết quả thực hiện Kế hoạch truyền thông dự thảo chính sách 6 tháng đầu năm 2024",
    addressees=("Ủy ban nhân dân huyện Đại Thành", "Phòng Tư pháp huyện Đại Thành"),
    draft=True,
    title="Báo cáo 6 tháng đầu năm 2024 – Xã Tân Phước",
    period_line="Kỳ báo cáo: 15/12/2023 – 14/6/2024",
)

CARDS = b.Cards(
    cards=(
        b.Card(
            "CS-01",
            "Chính sách được truyền thông đủ các giai đoạn",
            "75,0%",
            counts="9/12 chính sách",
            target="từ 70%",
            status="met",
            status_text="Đạt",
            change="tăng 12,5 điểm phần trăm so với cùng kỳ",
            sentence="9 trong 12 chính sách thuộc phạm vi được truyền thông ở tất cả các giai đoạn đã đến hạn.",
        ),
        b.Card(
            "NV-01",
            "Nhiệm vụ hoàn thành đúng hạn",
            "66,7%",
            counts="8/12 nhiệm vụ",
            target="từ 70%",
            status="nearly",
            status_text="Gần đạt",
            change="giảm 3,3 điểm phần trăm so với cùng kỳ",
            sentence="04 nhiệm vụ hoàn thành chậm từ 3 đến 21 ngày.",
        ),
        b.Card(
            "GY-01",
            "Góp ý được tiếp thu, giải trình",
            "41,2%",
            counts="7/17 lượt góp ý",
            target="100%",
            status="not_met",
            status_text="Chưa đạt",
            change="không có số liệu cùng kỳ",
            sentence="10 lượt góp ý chưa có văn bản giải trình.",
        ),
        b.Card(
            "HD-01",
            "Hoạt động truyền thông đã tổ chức",
            "1.234",
            counts="",
            target="",
            status="no_target",
            status_text="Không giao chỉ tiêu",
            change="tăng 210 lượt so với cùng kỳ",
        ),
        b.Card("KP-01", "Kinh phí giải ngân", "–", status="no_data", status_text="Chưa có số liệu"),
    )
)

QUOTES = b.Quotes(
    items=(
        b.Quote(
            "Cán bộ tư pháp - hộ tịch kiêm nhiệm nhiều việc, chưa được tập huấn kỹ năng truyền thông dự thảo "
            "chính sách; kinh phí phân bổ chậm.",
            "Ban Tư pháp xã",
        ),
        b.Quote("Người dân vùng sâu khó tiếp cận dự thảo đăng trên Cổng thông tin điện tử."),
    )
)

SIGNATURE = b.Signature(
    authority="TM. Ủy ban nhân dân",
    position="Chủ tịch",
    signer="Nguyễn Thị Hường",
    recipients=("Như trên", "Thường trực Đảng ủy, Thường trực HĐND xã", "Chủ tịch, các PCT UBND xã", "Lưu: VT, TP"),
)

DEFINITIONS = b.Definitions(
    items=(
        (
            "CS-01 – Tỷ lệ chính sách được truyền thông đủ các giai đoạn",
            "Số chính sách có ít nhất một hoạt động truyền thông ở mỗi giai đoạn đã đến hạn, chia cho số chính sách "
            "thuộc phạm vi trong kỳ.",
        ),
        ("GY-01 – Tỷ lệ góp ý được tiếp thu, giải trình", "Số lượt góp ý có văn bản giải trình, chia cho số lượt."),
    )
)

INTRO = (
    "Thực hiện Kế hoạch số 15/KH-UBND ngày 05 tháng 01 năm 2024 của Ủy ban nhân dân xã Tân Phước về truyền thông chính "
    "sách có tác động lớn đến xã hội trong quá trình xây dựng văn bản quy phạm pháp luật, Ủy ban nhân dân xã báo cáo "
    "kết quả thực hiện 6 tháng đầu năm 2024 như sau:"
)

LEADERSHIP = (
    "Ủy ban nhân dân xã đã ban hành 03 văn bản chỉ đạo, tổ chức 02 hội nghị quán triệt với 186 lượt người tham dự, "
    "trong đó có 100% thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật xã và 24/24 trưởng ấp.",
    "Trong kỳ có 12 nhiệm vụ đến hạn; 8 nhiệm vụ (66,7%) hoàn thành đúng hạn, thấp hơn chỉ tiêu từ 70% của Kế hoạch.",
)

CAUSES = (
    "Một số cơ quan chủ trì soạn thảo gửi tài liệu chậm so với thời gian lấy ý kiến.",
    "Hệ thống truyền thanh của 04 ấp hư hỏng từ tháng 3/2024, chưa được sửa chữa.",
)

DUE_NEXT = ("Tổ chức 02 đợt tọa đàm với hội viên nông dân trước 30/9/2024.", "Báo cáo năm 2024 trước 20/12/2024.")


def cells() -> list[str | b.Block]:
    """Return the report in order: Markdown as ``str``, outputs as blocks."""
    return [
        HEAD,
        b.Paragraphs((INTRO,)),
        CARDS,
        "## I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        b.Paragraphs(LEADERSHIP),
        EMPTY,
        "## II. KẾT QUẢ THỰC HIỆN\n\n### 1. Chính sách thuộc phạm vi",
        POLICIES,
        "### 2. Truyền thông theo giai đoạn\n\nMức độ truyền thông của các đơn vị **chênh lệch lớn**; nơi thấp nhất "
        "mới đạt *12,5%*.",
        FIGURE,
        "### 3. Hình thức, kênh, đối tượng",
        CHANNELS,
        "## III. ĐÁNH GIÁ\n\n### 1. Khó khăn, vướng mắc\n\n#### a) Nguồn lực",
        QUOTES,
        b.Heading("2. Nguyên nhân", 3),
        b.Bullets(CAUSES),
        b.Callout("Số liệu kinh phí của 02 ấp chưa được gửi; tỷ lệ giải ngân chưa tính.", "warning"),
        b.Callout("Số liệu được tổng hợp từ sổ theo dõi của xã đến hết ngày 14/6/2024."),
        "## IV. NHIỆM VỤ KỲ TỚI",
        b.Bullets(DUE_NEXT),
        "## V. ĐỀ XUẤT, KIẾN NGHỊ\n\nĐề nghị Ủy ban nhân dân huyện bố trí kinh phí sửa chữa hệ thống truyền thanh, tổ "
        "chức tập huấn kỹ năng truyền thông cho công chức tư pháp - hộ tịch và quan tâm:\n\n"
        "- gửi dự thảo sớm, ít nhất 20 ngày;\n- cung cấp tài liệu tóm tắt bằng **tiếng Việt dễ hiểu**.",
        SIGNATURE,
        b.Annex("I", "Số liệu hoạt động truyền thông", ATTACHED),
        activities(),
        b.Annex("II", "Chất lượng số liệu", ATTACHED),
        b.Paragraphs(("Trong kỳ nhận được 24/24 biểu số liệu, 22 biểu đúng hạn.",)),
        DEFINITIONS,
    ]


def code_cell(output: b.Block):
    """Return an executed code cell that displayed ``output``."""
    data = {b.MIME: output.to_json(), "text/html": "<p>HTML</p>", "text/plain": "TEXT"}
    return v4.new_code_cell("show()", execution_count=1, outputs=[v4.new_output("display_data", data=data)])


def notebook(items: list | None = None):
    """Return ``items`` (default: the whole report) as an executed notebook with a fixed date."""
    chosen = cells() if items is None else items
    made = [v4.new_markdown_cell(item) if isinstance(item, str) else code_cell(item) for item in chosen]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=made, metadata={"kit": {"date": "2024-06-14"}})
