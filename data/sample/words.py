"""The units' own words, written from their own rows, so that text and figures agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sample.activities import activities_of
from sample.places import EMPTY_UNIT, MERGED, Unit
from sample.plans import Rows

_SPANS = {"H1": (date(2023, 12, 15), date(2024, 6, 14)), "H2": (date(2024, 6, 15), date(2024, 12, 14))}
_SPANS["Y"] = (_SPANS["H1"][0], _SPANS["H2"][1])
_IN_WORDS = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm"}


def narrative_of(unit: Unit, year: int, tables: Mapping[str, Rows]) -> Rows:
    """Remarks on 2024-H1 and 2024-Y; what is published is only what the unit marked so."""
    if year != 2024 or unit.unit_id == MERGED:
        return []
    rows = []
    for suffix in ("H1", "Y"):
        period = f"2024-{suffix}"
        if period not in {row["period"] for row in tables["submissions"]}:
            continue
        if next(row for row in tables["submissions"] if row["period"] == period).get("nothing_to_report"):
            continue
        for section, text in _sections(unit, suffix, tables).items():
            row = {"period": period, "section": section, "text": text}
            rows.append(row | ({"publish": True} if section in ("results", "strengths") else {}))
    return rows


def _sections(unit: Unit, suffix: str, tables: Mapping[str, Rows]) -> dict[str, str]:
    dice = unit.dice(f"words {suffix}")
    # A period that follows Nghị định 09/2019/NĐ-CP begins in December: rows of the year before belong to it.
    rows = [*activities_of(unit, 2023), *tables["activities"]]
    rows = [row for row in rows if _SPANS[suffix][0] <= row["date"] <= _SPANS[suffix][1]]
    drafts = len({row["policy_id"] for row in rows if row.get("policy_id")})
    own = [row for row in rows if row.get("is_owner") is not False and not row.get("counted_elsewhere")]
    people, aired = (sum(row.get(name) or 0 for row in own) for name in ("attendances", "broadcasts"))
    sections = {"results": _results(unit, suffix, (drafts, people, aired), len(rows))}
    voice = _COMMUNE if unit.level == "commune" else _HIGHER
    spoken = {"who": _who(unit), "place": unit.place, "village": unit.village(drafts)}
    spoken["following"] = "6 tháng cuối năm" if suffix == "H1" else "năm 2025"
    wanted = [name for name in voice if name != "proposals" or dice.random() < 0.7]
    if unit.zeal >= 0.9 and unit.level == "commune":
        wanted = [name for name in wanted if name not in ("limitations", "causes")]
    if unit.unit_id == EMPTY_UNIT:
        wanted.remove("strengths")
    for name in wanted:
        # The year's report does not repeat the words of the half-year's.
        first = unit.dice(f"words on {name}").randrange(len(voice[name]))
        text = voice[name][(first + (suffix == "Y")) % len(voice[name])].format(**spoken)
        sections[name] = text[0].upper() + text[1:]
    return sections


def _who(unit: Unit) -> str:
    return "Sở Tư pháp" if unit.level == "department" else f"{unit.own} {unit.place}"


def _results(unit: Unit, suffix: str, figures: tuple[int, int, int], count: int) -> str:
    drafts, people, aired = figures
    who = {"commune": "Ủy ban nhân dân xã", "district": "Ủy ban nhân dân huyện", "province": "Ủy ban nhân dân tỉnh"}
    when = "Năm 2024" if suffix == "Y" else f"Trong {_IN_WORDS[suffix]} 2024"
    subject = who.get(unit.level, "Sở Tư pháp") + ("" if unit.level == "department" else f" {unit.place}")
    text = f"{when}, {subject} đã tổ chức {count:02d} hoạt động quán triệt, tập huấn và truyền thông"
    text += f", trong đó truyền thông {drafts:02d} dự thảo chính sách." if drafts else "."
    if people:
        text += f" Các hội nghị, buổi sinh hoạt thu hút {_thousands(people)} lượt người tham dự."
    if aired:
        text += f" Hệ thống truyền thanh cơ sở phát {aired:02d} lượt tin, bài về nội dung các dự thảo."
    return text


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


# One remark is one line, so that it can be read and corrected as a whole.
# ruff: noqa: E501
_COMMUNE = {
    "strengths": (
        "Lãnh đạo {who} quan tâm chỉ đạo; nội dung truyền thông bám sát dự thảo, chọn những điểm liên quan trực tiếp đến quyền lợi của người dân.",
        "Hình thức truyền thông tại {place} phù hợp với điều kiện thực tế, kết hợp loa truyền thanh với sinh hoạt thôn và nhóm Zalo; điển hình là {village}.",
        "Các ban, ngành, đoàn thể của {who} phối hợp chặt chẽ, ý kiến của Nhân dân được ghi biên bản và gửi lên đúng thời hạn.",
        "Kế hoạch của {who} được ban hành sớm, phân công rõ người, rõ việc nên các nhiệm vụ cơ bản bảo đảm tiến độ.",
    ),
    "limitations": (
        "Việc truyền thông ở {place} chủ yếu qua loa truyền thanh, chưa có nhiều hình thức đối thoại trực tiếp; một số dự thảo mới được giới thiệu ở giai đoạn lấy ý kiến dự thảo.",
        "Nội dung truyền thông tại {place} còn dừng ở giới thiệu chung, ít nêu những vấn đề còn ý kiến khác nhau; số ý kiến góp ý thu được chưa nhiều.",
        "Có dự thảo được giao nhưng {who} chưa kịp truyền thông trong kỳ; việc ghi sổ theo dõi ở các thôn chưa thường xuyên.",
        "Sự phối hợp giữa các bộ phận của {who} có lúc chưa kịp thời, tài liệu phát cho người dân còn ít.",
    ),
    "causes": (
        "Công chức phụ trách ở {place} kiêm nhiệm nhiều việc; dự thảo và tài liệu tóm tắt thường đến sát ngày hết hạn lấy ý kiến.",
        "Kinh phí của {who} hạn hẹp, chủ yếu lồng ghép; trang thiết bị truyền thanh ở một số thôn xuống cấp.",
        "Một số ban, ngành, đoàn thể của {who} chưa nhận thức đầy đủ trách nhiệm truyền thông ngay từ khi lấy ý kiến đề nghị xây dựng văn bản.",
        "Kỹ năng tóm tắt, diễn đạt nội dung dự thảo của đội ngũ làm công tác này ở {place} chưa đồng đều.",
    ),
    "next_tasks": (
        "{following} tập trung truyền thông các dự thảo đang lấy ý kiến, ưu tiên đối thoại trực tiếp ở những thôn của {who} chịu tác động nhiều.",
        "Hoàn thành các nhiệm vụ còn lại của Kế hoạch; trong {following}, {who} rà soát danh mục dự thảo hằng tháng để truyền thông ngay từ đầu.",
        "Trong {following}, {who} tiếp tục tập huấn kỹ năng cho tuyên truyền viên, đổi mới hình thức truyền thông trên mạng xã hội, duy trì chế độ thông tin, báo cáo.",
    ),
    "proposals": (
        "Đề nghị cơ quan chủ trì soạn thảo gửi tài liệu tóm tắt kèm dự thảo để {place} kịp thời biên tập, phát thanh.",
        "Đề nghị cấp có thẩm quyền bố trí kinh phí riêng và tổ chức thêm lớp tập huấn cho đội ngũ của {who}.",
        "Đề nghị ban hành sớm danh mục chính sách có tác động lớn đến xã hội trong năm để {who} chủ động thực hiện.",
    ),
}
_HIGHER = {
    "strengths": (
        "Lãnh đạo {who} chỉ đạo sát sao; danh mục dự thảo chính sách cần truyền thông được rà soát, bổ sung kịp thời theo chương trình xây dựng văn bản.",
        "Công tác phối hợp giữa {who} với cơ quan báo chí và các đoàn thể được duy trì thường xuyên; nội dung cung cấp bảo đảm chính xác, khách quan.",
        "Hình thức truyền thông của {who} đa dạng, gắn truyền thông với tiếp nhận ý kiến, tạo được sự quan tâm của người dân và doanh nghiệp.",
    ),
    "limitations": (
        "Việc truyền thông chưa đồng đều giữa các giai đoạn; có dự thảo do {who} được giao theo dõi chưa được truyền thông ngay từ khi lấy ý kiến.",
        "Số liệu báo cáo của các đơn vị trực thuộc {who} có nơi còn chậm, chưa thống nhất; một số đơn vị chưa ghi đủ minh chứng.",
        "Hoạt động đối thoại trực tiếp do {who} tổ chức chưa nhiều; việc phản hồi, giải trình ý kiến góp ý có lúc chưa kịp thời.",
    ),
    "causes": (
        "Dự thảo gửi lấy ý kiến với thời hạn ngắn nên {who} chưa kịp chuẩn bị tài liệu; cán bộ phụ trách phần lớn kiêm nhiệm.",
        "Kinh phí dành cho truyền thông chính sách của {who} còn hạn chế, chủ yếu lồng ghép với phổ biến, giáo dục pháp luật.",
        "Một số cơ quan chủ trì soạn thảo chưa chủ động gửi {who} tài liệu tóm tắt; kỹ năng truyền thông của đội ngũ chưa đồng đều.",
    ),
    "next_tasks": (
        "Trong {following}, {who} rà soát danh mục chính sách có tác động lớn đến xã hội, truyền thông ngay từ khi lấy ý kiến đề nghị xây dựng văn bản.",
        "{following} tập trung kiểm tra, đôn đốc các đơn vị chưa gửi báo cáo; {who} tiếp tục tổ chức đối thoại về các dự thảo còn ý kiến khác nhau.",
        "Trong {following}, {who} tiếp tục tập huấn kỹ năng truyền thông, hoàn thành các nhiệm vụ còn lại của Kế hoạch.",
    ),
    "proposals": (
        "Đề nghị Bộ Tư pháp cung cấp tài liệu kỹ năng và hướng dẫn cụ thể cách xác định chính sách có tác động lớn đến xã hội để {who} thực hiện thống nhất.",
        "Đề nghị các cơ quan chủ trì soạn thảo gửi tài liệu tóm tắt cùng hồ sơ lấy ý kiến để {who} chủ động truyền thông.",
        "Đề nghị cấp có thẩm quyền bố trí kinh phí riêng cho truyền thông dự thảo chính sách để {who} chủ động thực hiện.",
    ),
}
