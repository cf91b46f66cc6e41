"""Cases of rules: one row or cell that breaks a rule of data-model.md, everything around it in order."""

from __future__ import annotations

from tests.cases.returned_book import FEEDBACK, INSPECTION, LINE, MEMBER, Book, D
from tests.cases.returned_cases import case, cell

# --- constraints ---
case("clean", "A register in order")(lambda book: None)
cell("required-missing", "error required-missing tasks.lead 4", "tasks.lead 1", None)
cell("required-missing-date", "error required-missing activities.date 5", "activities.date 2", None)
cell("required-missing-text", "error required-missing narrative.text 4", "narrative.text 1", None)
cell("code-unknown-row", "error code-unknown activities.form 3", "activities.form 0", "Hội họp")
cell("code-unknown-cell", "error code-unknown tasks.quality 3", "tasks.quality 0", "Xuất sắc")
cell("code-by-its-code", (), "activities.form 0", "conference")
cell("code-other-case", (), "activities.form 0", "HỘI NGHỊ")
cell("code-other-tone-placement", (), "activities.audiences.officials 0", "X")
cell(
    "item-unknown-mark", "error boolean-unknown activities.audiences.citizens 3", "activities.audiences.citizens 0", "?"
)
cell("pattern-mismatch", "error pattern-mismatch submissions.period 3", "submissions.period 0", "6 tháng 2024")
cell("below-minimum", "error below-minimum activities.attendances 3", "activities.attendances 0", -5)
cell("task-unknown", "error task-unknown activities.task_id 3", "activities.task_id 0", "NV-99")
cell("task-other-dash-and-case", (), "activities.task_id 0", "nv–01")


@case("key-duplicate", "Two rows of one key", "error key-duplicate tasks.task_id 4")
def _(book: Book) -> None:
    book.rows["tasks"][1]["task_id"] = "NV-01"
    book.rows["activities"][2]["task_id"] = "NV-01"


@case("key-duplicate-folded", "Keys alike but for case and dash", "error key-duplicate activities.activity_id 5")
def _(book: Book) -> None:
    book.rows["activities"][2]["activity_id"] = "hd – 01"


@case("key-assigned", "A filled row without a key", "note key-assigned obstacles.obstacle_id 3")
def _(book: Book) -> None:
    book.rows["obstacles"][0].pop("obstacle_id")


# --- submissions ---
cell("period-unknown", "error period-unknown submissions.period 3", "submissions.period 0", "2024-01-31..2024-01-01")
cell("sent-before-end", "warning sent-before-end submissions.sent_date 3", "submissions.sent_date 0", D(2024, 6, 3))
cell("nothing-but-rows", "warning nothing-but-rows submissions.nothing_to_report 3",
     "submissions.nothing_to_report 0", "x")  # fmt: skip

# --- tasks and products ---
cell("task-start-due", "error task-start-due tasks.due_date 4", "tasks.due_date 1", D(2024, 2, 1))
cell("due-outside-year", "warning due-outside-year tasks.due_date 4", "tasks.due_date 1", D(2025, 2, 1))
cell("quality-not-completed", "warning quality-not-completed tasks.quality 4", "tasks.quality 1", "Đạt")
cell("completed-no-product", "warning completed-no-product tasks.completed_date 4", "tasks.completed_date 1",
     D(2024, 5, 20))  # fmt: skip
cell("product-before-task", "warning product-before-task products.issued_date 3", "tasks.product.issued_date 0",
     D(2023, 12, 20))  # fmt: skip
cell("document-number-shape", "warning document-number-shape products.document_number 3",
     "tasks.product.document_number 0", "Kế hoạch số 5")  # fmt: skip
cell("document-number-repaired", "warning document-number-repaired products.document_number 3",
     "tasks.product.document_number 0", "12/KHUBND")  # fmt: skip
cell("task-scope", "warning task-scope tasks.title 5", "tasks.title 2",
     "Tổ chức tuyên truyền, phổ biến chính sách trên địa bàn toàn huyện")  # fmt: skip


@case("task-start-completed", "Completed before it began", "error task-start-completed tasks.completed_date 3")
def _(book: Book) -> None:
    book.rows["tasks"][0] |= {"start_date": D(2024, 3, 25), "product.issued_date": D(2024, 3, 26)}


@case("completed-after-cutoff", "Completed after the cut-off", "note completed-after-cutoff tasks.completed_date 4")
def _(book: Book) -> None:
    book.rows["tasks"][1] |= {"completed_date": D(2024, 8, 5), "product_required": "không"}


@case("task-text-twice", "The same long text twice", "warning task-text-twice tasks.title 5")
def _(book: Book) -> None:
    text = "Tổ chức hội nghị triển khai, quán triệt các chính sách có tác động lớn đến xã hội trên địa bàn xã"
    book.rows["tasks"][1]["title"] = book.rows["tasks"][2]["title"] = text


@case("products-sheet", "A further product on a sheet of its own", ())
def _(book: Book) -> None:
    book.rows["products"] = [
        {"product_id": "SP-01", "task_id": "NV-01", "kind": "Báo cáo", "issued_date": D(2024, 4, 2)}
    ]


@case("product-task-unknown", "A product of an unknown task", "error task-unknown products.task_id 3")
def _(book: Book) -> None:
    book.rows["products"] = [
        {"product_id": "SP-01", "task_id": "NV-77", "kind": "Báo cáo", "issued_date": D(2024, 4, 2)}
    ]


# --- activities ---
cell("communication-no-policy", "error communication-no-policy activities.policy_id 4", "activities.policy_id 1", None)
cell("communication-policy-unknown", "error communication-no-policy activities.policy_id 4", "activities.policy_id 1",
     "CS-77")  # fmt: skip
cell("policy-on-other-kind", "error policy-on-other-kind activities.policy_id 3", "activities.policy_id 0", "CS-1")
cell("policy-not-assigned", "warning policy-not-assigned activities.policy_id 4", "activities.policy_id 1", "CS-2")
cell("outside-window", "warning outside-window activities.date 4", "activities.date 1", D(2024, 1, 3))
cell("activity-after-cutoff", "note activity-after-cutoff activities.date 5", "activities.date 2", D(2024, 9, 12))
cell("sessions-missing", "warning sessions-missing activities.sessions 3", "activities.sessions 0", None)
cell("member-unknown", "warning member-unknown activities.member_id 3", "activities.member_id 0", "TV-99")
cell("attendances-high", "warning attendances-high activities.attendances 5", "activities.attendances 2", 4500)
cell("loudspeaker-no-broadcasts", "warning loudspeaker-no-broadcasts activities.broadcasts 4",
     "activities.broadcasts 1", None)  # fmt: skip
cell("news-no-items", "warning news-no-items activities.news_items 3", "activities.form 0", "Tin, bài trên báo chí")
cell("social-no-posts", "warning social-no-posts activities.social_posts 3", "activities.form 0", "Mạng xã hội")


@case("activity-twice", "The same activity entered twice", "warning activity-twice activities.activity_id 6")
def _(book: Book) -> None:
    book.rows["activities"].append(book.rows["activities"][0] | {"activity_id": "HD-04"})


# --- sheets of higher levels ---
@case("level-sheets", "A district's further sheets, in order", (), level="district")
def _(book: Book) -> None:
    book.rows |= {"feedback": [dict(FEEDBACK)], "budget": [dict(LINE)], "inspections": [dict(INSPECTION)]}
    book.rows |= {"council_members": [dict(MEMBER)]}
    book.rows["activities"][0]["member_id"] = "TV-01"


@case("feedback-sum", "More answered than received", "error feedback-sum feedback.received 3", level="district")
def _(book: Book) -> None:
    book.rows["feedback"] = [FEEDBACK | {"accepted": 8}]


@case("feedback-negative", "A negative count", "error below-minimum feedback.accepted 3", level="district")
def _(book: Book) -> None:
    book.rows["feedback"] = [FEEDBACK | {"accepted": -1}]


@case("reference-unknown", "Opinions on a policy nobody knows", "error reference-unknown feedback.policy_id 3",
      level="district")  # fmt: skip
def _(book: Book) -> None:
    book.rows["feedback"] = [FEEDBACK | {"policy_id": "CS-88"}]


@case("sheet-not-for-level", "A commune's sheet of opinions", "warning sheet-not-for-level feedback -")
def _(book: Book) -> None:
    book.rows["feedback"] = [dict(FEEDBACK)]


@case("spent-over-allocated", "More spent than there was", "warning spent-over-allocated budget.spent 3")
def _(book: Book) -> None:
    book.rows["budget"] = [LINE | {"spent": 20}]


@case("budget-negative", "A negative amount", "error below-minimum budget.allocated 3")
def _(book: Book) -> None:
    book.rows["budget"] = [LINE | {"allocated": -3.5}]


@case("council-member-missing-name", "A member without a name", "error required-missing council_members.full_name 3",
      level="district")  # fmt: skip
def _(book: Book) -> None:
    book.rows["council_members"] = [{name: value for name, value in MEMBER.items() if name != "full_name"}]


# --- obstacles and narrative ---
cell(
    "obstacle-no-description", "error obstacle-no-description obstacles.description 3", "obstacles.description 0", None
)
cell("obstacle-resolved-order", "error obstacle-resolved-order obstacles.resolved_date 3",
     "obstacles.resolved_date 0", D(2024, 5, 2))  # fmt: skip
cell("narrative-scope", "warning narrative-scope narrative.text 3", "narrative.text 0",
     "Trong kỳ, toàn huyện đã tổ chức 45 hội nghị và phát 120 tin trên đài truyền thanh.")  # fmt: skip


@case("none-beside-others", "None, and yet some", "warning none-beside-others obstacles.category 4")
def _(book: Book) -> None:
    book.rows["obstacles"].append({
        "obstacle_id": "VM-02", "category": "Không có khó khăn, vướng mắc", "reported_date": D(2024, 5, 21)
    })  # fmt: skip


@case("none-alone", "No obstacle, said explicitly", ())
def _(book: Book) -> None:
    book.rows["obstacles"] = [
        {"obstacle_id": "VM-01", "category": "Không có khó khăn, vướng mắc", "reported_date": D(2024, 5, 21)}
    ]


@case("narrative-text-twice", "The same long text in two sections", "warning narrative-text-twice narrative.text 4")
def _(book: Book) -> None:
    text = "Xã đã tổ chức nhiều hội nghị, phát nhiều tin trên đài truyền thanh, được Nhân dân quan tâm, hưởng ứng."
    for row in book.rows["narrative"]:
        row["text"] = text
