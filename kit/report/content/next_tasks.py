"""IV. What is due next: overdue and coming tasks, stages that begin, policies at risk, what the target still needs."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pandas as pd

from kit.indicators.policies import CRITERIA
from kit.periods import Period, parse_period
from kit.report import words
from kit.report.blocks import Bullets, Column, Paragraphs, Table
from kit.report.content.coverage import STAGES, Coverage
from kit.report.content.narrative import own_words
from kit.report.content.result import limit_words
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject
from kit.report.content.tables import NUMBER, day, table, text
from kit.report.content.tasks import OPEN, OVERDUE, year_tasks

_NAMED = 6
_QUARTER, _YEAR = timedelta(days=90), timedelta(days=365)


def next_tasks(coverage: Coverage) -> Blocks:
    """Return section IV."""
    subject = coverage.subject
    tasks = year_tasks(subject)
    lines = tuple(
        filter(
            None, (_overdue(tasks), _at_risk(coverage), _lost(coverage), _needed(coverage), _missing_reports(subject))
        )
    )
    coming, starting = _coming(subject, tasks), _starting(coverage)
    own = own_words(subject, "next_tasks")
    if not lines and coming is None and starting is None and not own:
        return Blocks.of(
            Paragraphs(("Chưa ghi nhận nhiệm vụ hoặc giai đoạn truyền thông nào phải thực hiện trong kỳ tới.",))
        )
    listed = Bullets(lines) if len(lines) > 1 else Paragraphs(lines) if lines else None
    return Blocks.of(listed, starting, coming, Paragraphs(own) if own else None)


def _overdue(tasks: pd.DataFrame) -> str:
    late = int((tasks["state"] == OVERDUE).sum())
    return f"Hoàn thành dứt điểm {words.number(late)} nhiệm vụ quá hạn nêu tại mục I." if late else ""


def _at_risk(coverage: Coverage) -> str:
    """Reached stages that are silent but still open: they can yet be told."""
    silent = coverage.silent.loc[coverage.silent["still_open"]]
    if silent.empty:
        return ""
    return (
        "Tổ chức ngay hoạt động truyền thông ở giai đoạn đang diễn ra mà chưa có truyền thông của "
        f"{words.number(silent['policy_id'].nunique())} chính sách: {_listed(coverage, silent)}."
    )


def _lost(coverage: Coverage) -> str:
    silent = coverage.silent.loc[~coverage.silent["still_open"]]
    count = silent["policy_id"].nunique()
    if not count:
        return ""
    gone = "giai đoạn này" if len(silent) == 1 else "các giai đoạn này"
    return (
        f"Rút kinh nghiệm đối với {words.number(count)} chính sách có giai đoạn đã kết thúc mà chưa được truyền thông "
        f"(nêu tại mục II.2); {gone} không thể truyền thông bổ sung."
    )


def _listed(coverage: Coverage, stages: pd.DataFrame) -> str:
    groups = stages.groupby("policy_id", sort=False)["stage"].agg(", ".join)
    return words.titles([f"{coverage.title(id)} ({stage})" for id, stage in groups.items()], _NAMED, "chính sách")


def _needed(coverage: Coverage) -> str:
    """How many more policies the declared target still asks for, and whether open stages allow it."""
    result = coverage.subject.result("CS-01")
    if not result.known or result.target is None or result.status == "met":
        return ""
    needed = math.ceil(result.target * result.denominator / 100 - result.numerator)
    silent = coverage.silent.groupby("policy_id")["still_open"].all()
    possible = int(silent.sum())
    target, of = limit_words(result, result.target), words.number(result.of)
    if possible >= needed:
        return (
            f"Để đạt chỉ tiêu {target}, cần thêm ít nhất {words.number(needed)} chính sách được truyền thông đủ các "
            f"giai đoạn (tính trên {of} chính sách của kỳ này); {words.number(possible)} chính sách còn có thể bổ "
            "sung vì các giai đoạn còn thiếu chưa kết thúc."
        )
    which = "chính sách duy nhất" if result.of == 1 else f"{of} chính sách"
    can = f"chỉ {words.number(possible)} chính sách" if possible else "không còn chính sách nào"
    why = "giai đoạn chưa được truyền thông đã kết thúc"
    if result.of > 1:
        why = f"cần thêm {words.number(needed)} chính sách được truyền thông đủ nhưng {can} còn có thể bổ sung"
    return (
        f"Chỉ tiêu {target} không còn khả năng đạt được đối với {which} của kỳ này ({why}); từ kỳ tới cần truyền "
        "thông đủ các giai đoạn của những chính sách mới ngay từ khi lấy ý kiến."
    )


def _missing_reports(subject: Subject) -> str:
    sent = subject.result("BC-01")
    missing = sent.of - sent.n
    if not missing or not subject.pooled:
        return ""
    return f"Đôn đốc {words.number(missing)} đơn vị chưa gửi báo cáo của kỳ này (danh sách tại Phụ lục IV)."


def _starting(coverage: Coverage) -> Table | None:
    """Stages, and adoptions, of assigned policies that begin in the period after this one."""
    subject = coverage.subject
    until = pd.Timestamp(horizon(subject.period))
    frame = subject.data.frames["policies"]
    given = subject.own.frames["assignments"]
    assigned = set(given.loc[~given["_set_aside"], "policy_id"])
    gone = frame["withdrawn_date"] <= subject.cutoff
    in_scope = frame[CRITERIA].all(axis=1).astype(bool)
    frame = frame.loc[~frame["_set_aside"] & frame["policy_id"].isin(assigned) & in_scope & ~gone]
    columns = {
        "proposal_consultation_date": "G1",
        "draft_consultation_date": "G2",
        "appraisal_date": "G3",
        "adoption_date": "",
    }
    rows = [
        (policy[column], policy["policy_id"], text(policy["title"]), stage)
        for policy in frame.to_dict("records")
        for column, stage in columns.items()
        if not pd.isna(policy[column]) and subject.cutoff < policy[column] <= until
    ]
    rows.sort(key=lambda row: row[:2])
    if not rows:
        return None
    return table(
        f"Các mốc của chính sách sau {subject.until}, đến ngày {words.short_date(until)}",
        (NUMBER, Column("Ngày", "center", 1), Column("Dự thảo chính sách", "left", 3.6), Column("Mốc", "left", 2)),
        shown=[(str(at), day(when), title, _milestone(stage)) for at, (when, _, title, stage) in enumerate(rows, 1)],
        data=(
            ("date", "policy_id", "title", "stage"),
            [(when, id, title, stage or "adoption") for when, id, title, stage in rows],
        ),
        limit=12,
        name="moc-sap-toi",
    )


def _milestone(stage: str) -> str:
    return f"{stage} – bắt đầu {STAGES[stage]}" if stage else "Thông qua, ban hành"


def _coming(subject: Subject, tasks: pd.DataFrame) -> Table | None:
    open_tasks = tasks.loc[tasks["state"] == OPEN]
    if open_tasks.empty:
        return None
    raw = [
        (row["owner"], row["task_id"], row["title"], row["lead"], row["due_date"])
        for row in open_tasks.to_dict("records")
    ]
    # The same task of many units is one line: a province would otherwise list it for each commune.
    groups = open_tasks.groupby(["due_date", "title"], sort=False)
    shown = [
        (str(at), text(title), _leads(subject, group), day(due)) for at, ((due, title), group) in enumerate(groups, 1)
    ]
    return table(
        f"Nhiệm vụ còn phải hoàn thành sau {subject.until}",
        (
            NUMBER,
            Column("Nhiệm vụ", "left", 3.4),
            Column("Cơ quan, bộ phận chủ trì", "left", 2.4),
            Column("Hạn", "center", 1),
        ),
        shown=shown,
        data=(("unit_id", "task_id", "title", "lead", "due_date"), raw),
        limit=15,
        name="nhiem-vu-ky-toi",
    )


def _leads(subject: Subject, group: pd.DataFrame) -> str:
    leads = list(dict.fromkeys(text(lead) for lead in group["lead"]))
    if not subject.pooled:
        return "; ".join(leads)
    units = list(dict.fromkeys(subject.names[owner] for owner in group["owner"]))
    if len(units) == 1:
        return f"{'; '.join(leads)} – {units[0]}"
    return words.some_of(units, 4, "đơn vị")


def horizon(period: Period) -> date:
    """Return the last day of the next period of the same kind; after 9M of what is left of its year.

    A free period has no next one: as long again, at least a quarter and at most a year.
    """
    if period.free:
        return period.cutoff + min(max(period.end - period.start, _QUARTER), _YEAR)
    if period.code.endswith("9M"):
        return parse_period(f"{period.year}-Y", period.scheme).cutoff
    span = period.last - period.first + 1
    first, year = (period.last + 1, period.year) if period.last < 12 else (1, period.year + 1)
    part = {1: f"M{first:02d}", 3: f"Q{(first + 2) // 3}", 6: f"H{(first + 5) // 6}", 12: "Y"}[span]
    return parse_period(f"{year}-{part}", period.scheme).cutoff
