"""II.4. Opinions on drafts: received, accepted, explained, by policy and by respondents."""

from __future__ import annotations

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Paragraphs, Table
from kit.report.content.aside import remarks
from kit.report.content.result import verdict
from kit.report.content.sequence import Blocks
from kit.report.content.subject import Subject, label
from kit.report.content.tables import NUMBER, amount, table
from kit.schema.load import load_schema

_SUMS = ["received", "accepted", "explained"]


def feedback(subject: Subject) -> Blocks:
    """Return section II.4."""
    rows = subject.rows("feedback")
    rows = rows.loc[rows["date"].between(subject.scope.start, subject.cutoff)]
    if rows.empty:
        return Blocks.of(Paragraphs((_nothing(subject), *remarks(subject, "feedback"))))
    return Blocks.of(
        Paragraphs(tuple(filter(None, (_headline(subject, rows), _respondents(rows), *remarks(subject, "feedback"))))),
        _by_policy(subject, rows),
    )


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


def _respondents(rows: pd.DataFrame) -> str:
    """Who gave the opinions; nothing where nobody wrote it down."""
    sums = rows.groupby("respondents")["received"].sum()
    order = [code for code in load_schema().codelists["respondents"].codes if sums.get(code, 0)]
    told = [f"{_inside(label('respondents', code))} {words.number(int(sums[code]))} ý kiến" for code in order]
    unknown = int(rows.loc[rows["respondents"].isna(), "received"].sum())
    told += [f"chưa ghi đối tượng {words.number(unknown)} ý kiến"] if unknown and told else []
    return f"Theo đối tượng góp ý: {'; '.join(told)}." if told else ""


def _inside(respondents: str) -> str:
    return respondents if respondents == "Nhân dân" else respondents.lower()


def _by_policy(subject: Subject, rows: pd.DataFrame) -> Table:
    titles = subject.data.frames["policies"].drop_duplicates("policy_id").set_index("policy_id")["title"]
    sums = rows.groupby("policy_id")[_SUMS].sum().sort_values("received", ascending=False, kind="stable")
    shown, raw = [], []
    for at, (id, row) in enumerate(sums.iterrows(), 1):
        title = titles.get(id) if isinstance(titles.get(id), str) else id
        pending = row["received"] - row["accepted"] - row["explained"]
        shown.append((str(at), title, *(amount(row[name]) for name in _SUMS), amount(pending)))
        raw.append((id, title, *(row[name] for name in _SUMS), pending))
    whole = rows[_SUMS].sum()
    pending = whole["received"] - whole["accepted"] - whole["explained"]
    shown.append(("", "Cộng", *(amount(whole[name]) for name in _SUMS), amount(pending)))
    return table(
        "Ý kiến góp ý trong kỳ theo dự thảo chính sách",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 3.4),
            Column("Nhận được", "right", 0.8),
            Column("Tiếp thu", "right", 0.8),
            Column("Giải trình", "right", 0.8),
            Column("Chưa phản hồi", "right", 0.8),
        ),
        shown=shown,
        data=(("policy_id", "title", *_SUMS, "unanswered"), raw),
        totals=(len(shown) - 1,),
        limit=15,
        name="gop-y",
    )
