"""The first sheet: how to fill in the workbook, which sheets there are, periods and deadlines, the unit's policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from kit.collect.workbook_layout import GUIDE_MARK, Sheet, UnitInfo

_COLUMNS = (6, 30, 48, 15, 15, 15)
_STEPS = (
    "Ghi lần lượt các trang trong bảng dưới đây; mỗi dòng là một việc. Mã ở cột đầu đã điền sẵn, không cần sửa.",
    "Cột có tiêu đề nền xanh là bắt buộc; cột nền xám ghi khi có. Ô còn thiếu hiện nền hồng; góc trên bên trái mỗi "
    "trang báo còn thiếu mấy ô.",
    "Trỏ chuột vào tiêu đề cột (góc có dấu đỏ) để xem cách ghi, giá trị được phép và ví dụ; trỏ vào tiêu đề cột đầu để "
    "xem một dòng mẫu.",
    "Ô có danh sách: bấm vào ô rồi bấm mũi tên để chọn. Cột có nhiều lựa chọn: đánh dấu x vào các cột tương ứng.",
    "Ngày ghi ngày/tháng/năm, ví dụ {day}. Số ghi bằng chữ số; không có số liệu thì để trống, không ghi 0.",
    "Cột ít dùng được thu gọn: bấm dấu + phía trên các cột để mở ra. Được sắp xếp, lọc và chèn thêm dòng.",
    "Trong kỳ không có hoạt động: trang “Gửi báo cáo” đánh dấu x ở cột “Không phát sinh”. Không có vướng mắc: trang "
    "“Khó khăn, vướng mắc” chọn “Không có khó khăn, vướng mắc”.",
    "Mỗi kỳ gửi lại cả tệp này, ghi tiếp vào các dòng đã có; không đổi tên trang và tiêu đề cột.",
)


@dataclass(frozen=True)
class GuidePeriod:
    """One period of the plan year: ``last`` is the cut-off, ``deadline`` the unit's last day to send."""

    code: str
    name: str
    first: date
    last: date
    deadline: date


@dataclass(frozen=True)
class GuidePolicy:
    """A policy that the unit has to communicate, with the days between which communication counts."""

    policy_id: str
    title: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Guide:
    """Facts for the first sheet; ``carried`` says how many rows of a table came from the year before."""

    periods: tuple[GuidePeriod, ...]
    policies: tuple[GuidePolicy, ...] = ()
    carried: Mapping[str, int] | None = None


@dataclass(frozen=True)
class GuideSheets:
    """The entry sheets that the guide leads to, with the cells that count their lines and missing cells."""

    sheets: Sequence[Sheet]
    counts: Mapping[str, tuple[str, str, int, int]]


def write_guide(
    page: Worksheet, guide: Guide, heading: tuple[UnitInfo, int], *, of: GuideSheets, look: Mapping
) -> None:
    """Write the first sheet; ``heading`` is the unit and the year."""
    unit, year = heading
    for column, width in enumerate(_COLUMNS):
        page.set_column(column, column, width, look["guide"])
    page.hide_gridlines(2)
    page.protect()
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_row(0, 30)
    page.write_string(0, 0, f"{GUIDE_MARK} NĂM {year}", look["guide-title"])
    page.write_string(1, 0, f"{unit.name} ({unit.unit_id})", look["guide-unit"])
    page.write_string(
        2, 0, "Theo dõi thực hiện Đề án truyền thông chính sách (Quyết định số 407/QĐ-TTg ngày 30/3/2022)"
    )
    day = f"{guide.periods[0].deadline:%d/%m/%Y}" if guide.periods else f"05/03/{year}"
    row = _section(page, 4, "Cách ghi", look)
    for number, step in enumerate(_STEPS, start=1):
        page.write_number(row, 0, number, look["guide-number"])
        page.merge_range(row, 1, row, 5, step.format(day=day), look["guide-text"])
        page.set_row(row, 33 if len(step) > 128 else 18)
        row += 1
    row = _carried(page, row, guide, year=year, look=look)
    row = _sheets_table(page, row + 1, of, look=look)
    row = _periods_table(page, row + 1, guide.periods, look=look)
    _policies_table(page, row + 1, guide.policies, look=look)


def _section(page: Worksheet, row: int, title: str, look: Mapping) -> int:
    page.set_row(row, 24)
    page.write_string(row, 0, title, look["guide-section"])
    return row + 1


def _carried(page: Worksheet, row: int, guide: Guide, *, year: int, look: Mapping) -> int:
    names = {"tasks": "nhiệm vụ chưa hoàn thành", "obstacles": "khó khăn, vướng mắc chưa được giải quyết"}
    told = [f"{count} {names[name]}" for name, count in (guide.carried or {}).items() if count]
    if not told:
        return row
    check = "Đề nghị kiểm tra lại, nhất là hạn hoàn thành." if guide.carried.get("tasks") else "Đề nghị kiểm tra lại."
    text = f"Đã chuyển từ sổ năm {year - 1} sang: {' và '.join(told)}, với mã mới. {check}"
    page.write_string(row, 0, "➜", look["guide-number"])
    page.merge_range(row, 1, row, 5, text, look["guide-strong"])
    page.set_row(row, 33 if len(text) > 128 else 18)
    return row + 1


def _sheets_table(page: Worksheet, row: int, of: GuideSheets, *, look: Mapping) -> int:
    row = _section(page, row, "Các trang cần ghi", look)
    _heads(page, row, ("", "Trang", "Ghi gì", "Số dòng đã ghi", "Số ô còn thiếu"), look)
    for number, sheet in enumerate(of.sheets, start=1):
        lines, missing, begun, lacking = of.counts[sheet.name]
        page.write_number(row + number, 0, number, look["guide-center"])
        quoted = sheet.name.replace("'", "''")
        page.write_url(row + number, 1, f"internal:'{quoted}'!A1", look["guide-link"], sheet.name)
        page.write_string(row + number, 2, sheet.table.description, look["guide-cell"])
        page.write_formula(row + number, 3, f"={lines}", look["guide-center"], begun)
        page.write_formula(row + number, 4, f"={missing}", look["guide-center"], lacking)
        page.set_row(row + number, 33 if len(sheet.table.description) > 48 else 18)
    last = row + len(of.sheets)
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": look["missing"]}
    page.conditional_format(row + 1, 4, last, 4, rule)
    return last + 1


def _periods_table(page: Worksheet, row: int, periods: Sequence[GuidePeriod], *, look: Mapping) -> int:
    row = _section(page, row, "Kỳ báo cáo và hạn gửi", look)
    _heads(page, row, ("", "Kỳ", "Mã kỳ", "Từ ngày", "Đến hết ngày", "Hạn gửi"), look)
    for number, period in enumerate(periods, start=row + 1):
        page.write_blank(number, 0, None, look["guide-center"])
        page.write_string(number, 1, period.name, look["guide-cell"])
        page.write_string(number, 2, period.code, look["guide-center"])
        for column, day in enumerate((period.first, period.last, period.deadline), start=3):
            page.write_datetime(number, column, day, look["guide-deadline" if column == 5 else "guide-date"])
    return row + 1 + len(periods)


def _policies_table(page: Worksheet, row: int, policies: Sequence[GuidePolicy], *, look: Mapping) -> int:
    if not policies:
        return row
    row = _section(page, row, "Chính sách cần truyền thông", look)
    _heads(page, row, ("", "Mã chính sách", "Tên chính sách", "Từ ngày", "Đến ngày"), look)
    for number, policy in enumerate(policies, start=1):
        page.write_number(row + number, 0, number, look["guide-center"])
        page.write_string(row + number, 1, policy.policy_id, look["guide-cell"])
        page.write_string(row + number, 2, policy.title, look["guide-cell"])
        page.set_row(row + number, 17 * (1 + len(policy.title) // 46))
        for column, day in enumerate((policy.first, policy.last), start=3):
            if day:
                page.write_datetime(row + number, column, day, look["guide-date"])
            else:
                page.write_string(row + number, column, "chưa xác định", look["guide-center"])
    return row + 1 + len(policies)


def _heads(page: Worksheet, row: int, titles: Sequence[str], look: Mapping) -> None:
    for column, title in enumerate(titles):
        page.write_string(row, column, title, look["guide-head"])
