"""Cases of real-world input: how sheets, cells and texts come back (issue "The collection round trip", point 5)."""

from __future__ import annotations

from tests.cases.returned_book import BASE, TITLES, Book, D, Formula
from tests.cases.returned_cases import case, cell

# --- cells ---
cell("number-as-text", (), "activities.attendances 0", "160")
cell("number-vietnamese", "note read-as activities.attendances 3", "activities.attendances 0", "1.000")
cell("number-approximate", "warning approximate activities.attendances 3", "activities.attendances 0", "hơn 200")
cell("number-with-unit", "note read-as activities.attendances 3", "activities.attendances 0", "160 lượt người")
cell("number-ambiguous", "error number-ambiguous activities.attendances 3", "activities.attendances 0", "1,234")
cell("number-not-a-number", "error number-not-a-number activities.attendances 3", "activities.attendances 0", "đông")
cell("number-is-a-date", "error number-is-a-date activities.attendances 3", "activities.attendances 0", D(2024, 3, 5))
cell(
    "number-too-large", "error number-too-large activities.printed_documents 5", "activities.printed_documents 2", 1e18
)
cell("integer-has-fraction", "error integer-has-fraction activities.sessions 3", "activities.sessions 0", 1.5)
cell("whole-number-as-float", (), "activities.attendances 0", 160.0)
cell("date-as-text", "note read-as activities.date 3", "activities.date 0", "5/3/2024")
cell("date-as-text-dots", "note read-as activities.date 3", "activities.date 0", "05.3.2024")
cell("date-in-words", "note read-as activities.date 3", "activities.date 0", "ngày 05 tháng 3 năm 2024")
cell("date-iso", (), "activities.date 0", "2024-03-05")
cell("date-midnight", "note read-as activities.date 3", "activities.date 0", "05/03/2024 00:00:00")
cell("date-no-year", "error date-no-year activities.date 3", "activities.date 0", "20.5")
cell("date-two-digit-year", "error date-two-digit-year activities.date 3", "activities.date 0", "5/3/24")
cell("date-impossible", "error date-impossible activities.date 3", "activities.date 0", "31/02/2024")
cell("date-time-of-day", "error date-time-of-day activities.date 3", "activities.date 0", "05/03/2024 14:30")
cell("date-serial", "error date-not-a-date activities.date 3", "activities.date 0", 45356)
cell("date-no-day", "error date-no-day activities.date 3", "activities.date 0", "tháng 3/2024")
cell("date-out-of-range", "error date-out-of-range activities.date 3", "activities.date 0", "05/03/0224")
cell("date-optional-unreadable", "error date-not-a-date tasks.start_date 4", "tasks.start_date 1", "đầu năm")
cell("boolean-words", (), "activities.is_owner 0", "Không")
cell("boolean-unknown", "error boolean-unknown activities.is_owner 3", "activities.is_owner 0", "chưa rõ")
cell("formula-with-value", (), "activities.attendances 0", Formula("=80+80", 160))
cell("formula-no-value", "error formula-no-value activities.attendances 3", "activities.attendances 0",
     Formula("=SUM(Z1:Z9)"))  # fmt: skip
cell("formula-no-value-key", "error formula-no-value tasks.task_id 5", "tasks.task_id 2", Formula('="NV-"&"03"'))
cell("formula-error", "error error-value activities.attendances 3", "activities.attendances 0",
     Formula("=1/0", "#DIV/0!"))  # fmt: skip
cell("error-as-text", "error error-value tasks.lead 5", "tasks.lead 2", "#REF!")
cell("text-hostile", (), "obstacles.proposal 0", '=HYPERLINK("x") | <script>alert(1)</script> | #read("x")')
cell("number-in-text-field", (), "obstacles.proposal 0", 12)

# --- text damage (domain.md, 7.3) ---
TEXT = "narrative.text 0"
cell("text-tcvn3-converter", "note read-as narrative.text 3", TEXT,
     "Kĩ năng biờn soạn đề cương tuyờn truyền phỏp luật")  # fmt: skip
cell("text-lost-capital", "note read-as narrative.text 3", TEXT, "CỘNG HÒA XàHỘI CHỦ NGHĨA VIỆT NAM")
cell("text-utf8-twice", "note read-as narrative.text 3", TEXT,
     "Tuyên truyền phổ biến giáo dục pháp luật".encode().decode("latin-1"))  # fmt: skip
cell("text-vni", "note read-as narrative.text 3", TEXT, "Xin chaøo caùc baïn")
cell(
    "text-replaced-letters",
    "error text-unreadable narrative.text 3",
    TEXT,
    "C\ufffdn c\ufffd Ngh\ufffd \ufffdịnh số 22",
)
cell("text-nfd", (), "tasks.group 0", "Quán triệt")
cell("text-tone-placement", (), "activities.kind 0", "Nâng cao nhận thức")
cell("text-other-spaces", (), "tasks.group 0", "\u00a0Quán\u00a0 triệt ")
cell(
    "text-control-characters", "note read-as narrative.text 3", TEXT, "Đã tổ chức\u202e quán triệt\u200f theo kế hoạch."
)
cell("text-true", "note read-as obstacles.proposal 3", "obstacles.proposal 0", True)


# --- header ---
@case("title-rows", "Rows of titles above the header", ())
def _(book: Book) -> None:
    book.above = ["ỦY BAN NHÂN DÂN XÃ MẪU", "", "KẾ HOẠCH NĂM 2024", "(kèm theo Kế hoạch số 05/KH-UBND)"]


@case("columns-moved", "Columns in another order", "error required-missing tasks.lead 4 E")
def _(book: Book) -> None:
    order = book.order("tasks")
    book.columns["tasks"] = [order[4], order[0], *order[5:7], *order[3:4], *order[1:3], *order[7:]]
    book.rows["tasks"][1].pop("lead")


@case("columns-renamed", "Other titles above known field names", ())
def _(book: Book) -> None:
    book.titles["tasks"] = {"lead": "Đơn vị thực hiện", "due_date": "Thời hạn"}


BY_TITLE = tuple(f"note header-by-title {table} -" for table in BASE)


@case("names-row-lost", "The hidden row is gone, titles with other tone placement", BY_TITLE)
def _(book: Book) -> None:
    book.names_row = False
    book.titles["tasks"] = {"due_date": "HẠN HÒAN THÀNH *"}


@case("one-name-lost", "One cell of the hidden row was emptied", "note column-by-title tasks.lead 2")
def _(book: Book) -> None:
    book.names["tasks"] = {"lead": None}


@case("title-unknown", "No hidden row, and one title that is not ours", [
    *BY_TITLE,
    "warning renamed-column obstacles.description 1", "note missing-column obstacles.description -",
    "error obstacle-no-description obstacles.description 2 -",
])  # fmt: skip
def _(book: Book) -> None:
    book.names_row = False
    book.titles["obstacles"] = {"description": "Nội dung khó khăn"}


@case("header-lost", "A sheet without any header", "error missing-header obstacles -")
def _(book: Book) -> None:
    book.titles["obstacles"] = dict.fromkeys(TITLES["obstacles"])
    book.names["obstacles"] = dict.fromkeys(TITLES["obstacles"])


@case("column-missing", "A required column was deleted", "error missing-column tasks.due_date -")
def _(book: Book) -> None:
    book.columns["tasks"] = [name for name in book.order("tasks") if name != "due_date"]
    for row in book.rows["tasks"]:
        row.pop("due_date", None)


@case("column-twice", "A column stands twice", "warning duplicate-column obstacles.category 2 H")
def _(book: Book) -> None:
    def decorate(workbook, pages) -> None:
        pages["obstacles"].write_row(0, 7, ["category"])
        pages["obstacles"].write_row(1, 7, ["Loại (cũ)"])
        pages["obstacles"].write_row(2, 7, ["Kinh phí"])

    book.decorate = decorate


@case("extra-columns", "Columns and notes of the unit's own", "note extra-column obstacles 2 H")
def _(book: Book) -> None:
    def decorate(workbook, pages) -> None:
        pages["obstacles"].write_row(1, 7, ["Ghi chú của xã"])
        pages["obstacles"].write_row(2, 7, ["đã báo cáo huyện"])

    book.decorate = decorate


# --- sheets ---
@case("extra-sheet", "A sheet of the unit's own", "note extra-sheet - - @Ghi chép")
def _(book: Book) -> None:
    book.decorate = lambda workbook, pages: workbook.add_worksheet("Ghi chép").write_row(0, 0, ["Việc", "Ngày"])


@case("sheet-renamed", "A sheet under another name", "note renamed-sheet obstacles - @Sheet4")
def _(book: Book) -> None:
    book.sheets["obstacles"] = "Sheet4"


@case("sheet-other-case", "Sheets in capitals and other tone placement", ())
def _(book: Book) -> None:
    book.sheets |= {"tasks": "NHIỆM VỤ ", "activities": "HOẠT  ĐỘNG"}


@case("sheet-missing", "A sheet was deleted", "warning missing-sheet obstacles - @")
def _(book: Book) -> None:
    book.rows.pop("obstacles")


@case("sheet-empty", "A sheet without entries", ())
def _(book: Book) -> None:
    book.rows["obstacles"] = []


# --- rows ---
@case("blank-rows", "Blank rows in the middle", "error required-missing activities.date 9")
def _(book: Book) -> None:
    rows = book.rows["activities"]
    rows[2:2] = [{}, {"evidence": "  "}, {}]
    rows.append({name: value for name, value in rows[0].items() if name != "date"} | {"activity_id": "HD-09"})


@case("prefilled-keys", "Lines with nothing but their key", ())
def _(book: Book) -> None:
    book.rows["activities"] += [{"activity_id": f"HD-{number:02d}"} for number in range(4, 60)]


@case("hidden-and-filtered-rows", "Rows hidden by hand and by a filter", "error code-unknown activities.form 4")
def _(book: Book) -> None:
    def decorate(workbook, pages) -> None:
        page = pages["activities"]
        page.autofilter(1, 0, 4, 5)
        page.filter_column_list(5, ["Hội nghị"])
        page.set_row(3, None, None, {"hidden": True})
        page.set_row(4, None, None, {"hidden": True})
        page.set_column(3, 4, None, None, {"hidden": True})

    book.rows["activities"][1]["form"] = "Hội họp"
    book.rows["activities"][1].pop("broadcasts")
    book.decorate = decorate


@case("merged-title", "Merged cells above the header", ())
def _(book: Book) -> None:
    book.above = ["", ""]
    book.decorate = lambda workbook, pages: pages["tasks"].merge_range(0, 0, 1, 6, "KẾ HOẠCH TRUYỀN THÔNG NĂM 2024")


@case(
    "merged-cells",
    "Rows that share a group and a lead",
    ["note merged-cell tasks.group 4", "note merged-cell tasks.group 5"],
)
def _(book: Book) -> None:
    for row in book.rows["tasks"]:
        row.pop("group")
    book.decorate = lambda workbook, pages: pages["tasks"].merge_range(2, 1, 4, 1, "Quán triệt")


@case("merged-figure", "Two activities that share a figure", "warning merged-figure activities.attendances 3")
def _(book: Book) -> None:
    column = book.at("activities", "attendances")
    for row in book.rows["activities"][:2]:
        row.pop("attendances", None)
    book.decorate = lambda workbook, pages: pages["activities"].merge_range(2, column, 3, column, 160)


@case("merged-tall-row", "One entry over three merged rows", ())
def _(book: Book) -> None:
    entry = book.rows["obstacles"].pop()

    def decorate(workbook, pages) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, value in entry.items():
            column = book.at("obstacles", name)
            pages["obstacles"].merge_range(2, column, 4, column, "")
            if isinstance(value, D):
                pages["obstacles"].write_datetime(2, column, value, day)
            else:
                pages["obstacles"].write(2, column, value)

    book.decorate = decorate


@case("dates-1904", "A workbook that counts days from 1904", ())
def _(book: Book) -> None:
    book.options["date_1904"] = True


@case("stray-cell", "One cell in the last corner", "warning stray-cell tasks 1048576 XFD")
def _(book: Book) -> None:
    book.decorate = lambda workbook, pages: pages["tasks"].write_string(1_048_575, 16_383, ".")


@case("formatted-to-the-end", "Formats down to the last row", ())
def _(book: Book) -> None:
    def decorate(workbook, pages) -> None:
        look = workbook.add_format({"border": 1})
        pages["tasks"].write_blank(1_048_575, 16_383, None, look)
        pages["tasks"].set_column(0, 16_383, 12, look)

    book.decorate = decorate


# --- identity ---
@case("identity-of-another-unit", "The workbook of another unit", "error unit-mismatch - -")
def _(book: Book) -> None:
    book.identity["unit_id"] = "XA-OTHER"


@case("identity-of-another-year", "The workbook of another year", "error year-mismatch - -")
def _(book: Book) -> None:
    book.identity["year"] = 2023


@case("identity-missing", "A workbook that is none of ours", "error wrong-template - -")
def _(book: Book) -> None:
    book.identity = {}


@case("identity-of-a-later-template", "A template of a version to come", "error newer-template - -")
def _(book: Book) -> None:
    book.identity["template_version"] = "99"


@case("identity-as-text", "Year as text, unit in small letters", ())
def _(book: Book) -> None:
    book.identity |= {"unit_id": book.unit.lower(), "year": "2024"}
