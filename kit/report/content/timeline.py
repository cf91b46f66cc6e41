"""II.2. Communication by stage: coverage, silences by name, the timeline; above commune level the silent units."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kit.report import words
from kit.report.blocks import Column, Figure, Paragraphs, Table
from kit.report.charts.timeline import MOST_ROWS, Timeline
from kit.report.charts.timeline_sheet import timeline as draw
from kit.report.content.coverage import Coverage
from kit.report.content.result import Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.tables import NUMBER, table

MOST_SHEETS = 4
_NAMED = 2
_WORDS = {"covered": "có truyền thông", "silent": "chưa truyền thông", "waiting": "chưa đánh giá"}


def timeline(coverage: Coverage) -> Blocks:
    """Return section II.2."""
    if coverage.policies.empty:
        return Blocks.of(Paragraphs(("Không phát sinh chính sách để truyền thông theo giai đoạn.",)))
    said = tuple(filter(None, (_stages(coverage), _silences(coverage))))
    blocks = [Paragraphs(said)] if said else []
    return Blocks.of(blocks, _figures(coverage), _silent_units(coverage))


def _stages(coverage: Coverage) -> str:
    result = coverage.subject.result("CS-04")
    number = len(coverage.communications)
    if not result.known:
        return "Chưa có giai đoạn nào đến thời điểm đánh giá."
    told = f"Đến {coverage.subject.until}, {_covered(result)}"
    told += f", {verdict(result)}" if verdict(result) else ""
    if not number:
        return f"{told}; chưa ghi nhận hoạt động truyền thông nào trong thời gian xây dựng các chính sách này."
    return f"{told}, với {words.number(number)} hoạt động kể từ khi bắt đầu lấy ý kiến."


def _covered(result: Result) -> str:
    """How many of the stages reached have a communication."""
    if result.of == 1:
        return f"giai đoạn duy nhất đã đến {'đã' if result.n else 'chưa'} có truyền thông"
    if not result.n:
        return f"chưa có giai đoạn nào trong {words.number(result.of)} giai đoạn đã đến (0%) được truyền thông"
    if result.n == result.of:
        return f"cả {words.number(result.of)} giai đoạn đã đến ({result.printed}) đều có truyền thông"
    return f"{result.counts} giai đoạn đã đến ({result.printed}) có truyền thông"


def _silences(coverage: Coverage) -> str:
    silent = coverage.silent
    if silent.empty or not coverage.subject.result("CS-04").n:  # of none at all the first sentence has told
        return ""
    by_policy = silent.groupby("policy_id", sort=False)["stage"].agg(", ".join)
    number = (
        f"Còn {words.number(len(silent))} giai đoạn của {words.number(len(by_policy))} chính sách chưa có truyền thông"
    )
    if len(by_policy) > _NAMED:  # the table of II.1 names them
        return f"{number} (bảng ở mục 1 và biểu đồ dưới đây)."
    named = "; ".join(f"{coverage.title(id)} ({stages})" for id, stages in by_policy.items())
    return f"{number}: {named}."


def chart_of(coverage: Coverage) -> Timeline:
    """Return what the timeline draws: silent policies stay in where there are too many for the sheets."""
    subject = coverage.subject
    policies = coverage.policies
    most = MOST_ROWS * MOST_SHEETS
    if len(policies) > most:
        order = (policies["covered"] - policies["reached"]).sort_values(kind="stable").index[:most]
        policies = policies.loc[sorted(order)]
    stages = coverage.stages.loc[coverage.stages["stage_start"] <= subject.cutoff]
    state = pd.Series("waiting", index=stages.index, dtype="str").mask(stages["reached"], "silent")
    bands = pd.DataFrame(
        {
            "policy_id": stages["policy_id"],
            "stage": stages["stage"],
            "start": stages["stage_start"],
            "end": stages["stage_end"].clip(upper=subject.cutoff),
            "state": state.mask(stages["covered"], "covered"),
        }
    )
    # Numbered as in the table of II.1, so that a row of the chart is found there.
    numbers = dict(zip(coverage.policies["policy_id"], range(1, len(coverage.policies) + 1), strict=True))
    titles = [f"{numbers[one.policy_id]}. {one.title}" for one in policies.itertuples()]
    shown = policies.assign(title=titles, open=policies["window_end"] > subject.cutoff)[["policy_id", "title", "open"]]
    bands, marks = (
        frame.loc[frame["policy_id"].isin(shown["policy_id"])] for frame in (bands, coverage.communications)
    )
    days = (subject.period.start, subject.period.cutoff)
    return Timeline(shown, bands, marks[["policy_id", "date", "form"]], *days, subject.data.params.silence_days)


def _figures(coverage: Coverage) -> list[Figure]:
    chart = chart_of(coverage)
    sheets = range(0, len(chart.policies), MOST_ROWS)
    return [_figure(coverage, chart.page(first), number, len(sheets)) for number, first in enumerate(sheets, 1)]


def _figure(coverage: Coverage, chart: Timeline, number: int, of: int) -> Figure:
    part = f" ({number}/{of})" if of > 1 else ""
    return Figure(
        f"Biểu đồ: Truyền thông các dự thảo chính sách theo giai đoạn{part}",
        draw(chart),
        _alt(coverage, chart),
        name=f"truyen-thong-theo-giai-doan{f'-{number}' if of > 1 else ''}",
        note=" ".join(_notes(coverage, chart, last=number == of)),
        data=_data(coverage, chart),
    )


def _notes(coverage: Coverage, chart: Timeline, *, last: bool) -> list[str]:
    """What the marks of this sheet mean, as far as the key does not say it."""
    notes = ["Mỗi dấu là một hoặc nhiều hoạt động cùng hình thức gần ngày nhau; cuối hàng là tổng số lần."]
    if "silent" in set(chart.bands["state"]):
        notes.append("Ô gạch chéo: giai đoạn đã đến mà chưa có hoạt động truyền thông.")
    if any(chart.silences(id) for id in chart.policies["policy_id"]):
        notes.append(f"Đoạn thẳng ghi số ngày: hơn {chart.silence_days} ngày liền không có hoạt động truyền thông.")
    left = len(coverage.policies) - MOST_ROWS * MOST_SHEETS
    if last and left > 0:
        notes.append(f"Còn {words.number(left)} chính sách khác ở Phụ lục I.")
    return notes


def _alt(coverage: Coverage, chart: Timeline) -> str:
    told = []
    for policy in chart.policies.to_dict("records"):
        bands = chart.bands_of(policy["policy_id"])
        parts = []
        for band in bands:
            count = chart.told(band)
            state = f"{words.number(count)} lần truyền thông" if count else _WORDS[band["state"]]
            parts.append(f"{band['stage']} từ {words.short_date(band['start'])}: {state}")
        parts += [
            f"{words.number((until - after).days)} ngày không có hoạt động, {_from_to(after, until)}"
            for after, until in chart.silences(policy["policy_id"])
        ]
        told.append(f"{words.shortened(policy['title'], 120)} – {', '.join(parts)}")
    opening = f"Biểu đồ thời gian của {words.number(len(told))} chính sách đến {coverage.subject.until}"
    return f"{opening}. {'; '.join(told)}."


def _from_to(after: date, until: date) -> str:
    return f"từ {words.short_date(after)} đến {words.short_date(until)}"


def _data(coverage: Coverage, chart: Timeline) -> tuple[tuple[str, ...], ...]:
    rows = [
        (
            band["policy_id"],
            coverage.title(band["policy_id"]),
            band["stage"],
            band["start"].date().isoformat(),
            band["end"].date().isoformat(),
            band["state"],
            str(chart.told(band)),
        )
        for band in chart.bands.to_dict("records")
    ]
    return (("policy_id", "title", "stage", "start", "end_until_cutoff", "state", "communications"), *rows)


def _silent_units(coverage: Coverage) -> Table | None:
    """CS-07 by name: which assigned units did not communicate a policy themselves."""
    subject = coverage.subject
    silent = coverage.pairs.loc[~coverage.pairs["told"]]
    if not subject.pooled or silent.empty:
        return None
    shown, raw = [], []
    for at, policy in enumerate(coverage.rows, 1):
        own = coverage.pairs.loc[coverage.pairs["policy_id"] == policy["policy_id"]]
        missing = sorted(own.loc[~own["told"], "owner"])
        if missing:
            names = [subject.names[unit] for unit in missing]
            names = [names[0], *map(words.in_sentence, names[1:])]
            told = words.counts(len(own) - len(missing), len(own))
            shown.append((str(at), policy["title"], told, words.some_of(names, 12, "đơn vị")))
            raw += [(policy["policy_id"], policy["title"], unit, subject.names[unit]) for unit in missing]
    return table(
        "Đơn vị được giao chưa trực tiếp truyền thông, theo chính sách",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 2.4),
            Column("Đã tham gia", "center", 0.8),
            Column("Đơn vị chưa truyền thông", "left", 3.2),
        ),
        shown=[(str(n), *row[1:]) for n, row in enumerate(shown, 1)],
        data=(("policy_id", "title", "unit_id", "unit"), raw),
        note="Chỉ gồm chính sách đã đến thời điểm đánh giá.",
        name="don-vi-chua-truyen-thong",
    )
