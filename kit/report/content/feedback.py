"""II.4. Opinions on drafts: received, accepted, explained, by policy and by respondents."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import amount, table

_SUMS = ["received", "accepted", "explained"]


def feedback(subject: Subject) -> Blocks:
    """Return section II.4."""
    rows = subject.rows("feedback")
    rows = rows.loc[rows["date"].between(subject.scope.start, subject.cutoff)]
    if rows.empty:
        return Blocks.of(Paragraphs((_nothing(subject),)))
    return Blocks.of(Paragraphs((_headline(subject, rows),)), _by_policy(subject, rows))


def _nothing(subject: Subject) -> str:
    if not subject.has_sheet("feedback"):
        return (
            "Việc tiếp nhận, tiếp thu, giải trình ý kiến góp ý do cơ quan chủ trì soạn thảo và cơ quan cấp trên theo "
            f"dõi, tổng hợp; {subject.name_inside} không lập biểu này."
        )
    if subject.reported:
        return "Trong kỳ không phát sinh ý kiến góp ý đối với các dự thảo chính sách."
    return "Chưa có số liệu về ý kiến góp ý trong kỳ."


def _headline(subject: Subject, rows: pd.DataFrame) -> str:
    received, answered = subject.result("GY-01"), subject.result("GY-02")
    if not answered.known:
        return "Trong kỳ không nhận được ý kiến góp ý nào đối với các dự thảo chính sách."
    policies = rows.loc[rows["received"] > 0, "policy_id"].nunique()
    accepted, explained = int(rows["accepted"].sum()), int(rows["explained"].sum())
    tail = f", {verdict(answered)}" if verdict(answered) else ""
    text = (
        f"Trong kỳ nhận được {received.printed} ý kiến góp ý đối với {words.number(policies)} dự thảo chính sách; "
        f"{answered.counts} ý kiến ({answered.printed}) được tiếp thu, giải trình{tail}"
    )
    if answered.n:
        text += (
            f", gồm {words.number(accepted)} ý kiến được tiếp thu và {words.number(explained)} ý kiến được giải trình"
        )
    pending = answered.of - answered.n
    return f"{text}; còn {words.number(pending)} ý kiến chưa được tiếp thu, giải trình." if pending else f"{text}."


def _by_policy(subject: Subject, rows: pd.DataFrame) -> Table:
    titles = subject.data.frames["policies"].set_index("policy_id")["title"]
    keys = ["policy_id", "respondents"]
    sums = rows.groupby(keys, dropna=False, sort=True)[_SUMS].sum().reset_index().to_dict("records")
    shown, raw = [], []
    for row in sums:
        name = titles.get(row["policy_id"])
        title = name if isinstance(name, str) else row["policy_id"]
        who = label("respondents", row["respondents"]) or "Không ghi"
        pending = row["received"] - row["accepted"] - row["explained"]
        shown.append((title, who, *(amount(row[name]) for name in _SUMS), amount(pending)))
        raw.append((row["policy_id"], title, row["respondents"], *(row[name] for name in _SUMS), pending))
    whole = rows[_SUMS].sum()
    pending = whole["received"] - whole["accepted"] - whole["explained"]
    shown.append(("Cộng", "", *(amount(whole[name]) for name in _SUMS), amount(pending)))
    return table(
        "Ý kiến góp ý trong kỳ theo dự thảo và đối tượng góp ý",
        (
            Column("Dự thảo chính sách", "left", 3),
            Column("Đối tượng góp ý", "left", 1.3),
            Column("Nhận được", "right", 0.8),
            Column("Tiếp thu", "right", 0.8),
            Column("Giải trình", "right", 0.8),
            Column("Chưa phản hồi", "right", 0.8),
        ),
        shown=shown,
        data=(("policy_id", "title", "respondents", *_SUMS, "unanswered"), raw),
        totals=(len(shown) - 1,),
        name="gop-y",
    )
