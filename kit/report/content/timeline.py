"""II.2. Communication by stage: coverage, silences by name, the timeline; above commune level the silent units."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from kit.report import words
from kit.report.blocks import Column, Figure, Paragraphs, Table
from kit.report.charts.timeline import MOST_ROWS, Timeline
from kit.report.charts.timeline_sheet import timeline as draw
from kit.report.content.coverage import Coverage
from kit.report.content.result import Result, verdict
from kit.report.content.sequence import Blocks
from kit.report.content.tables import NUMBER, table

if TYPE_CHECKING:
    import pandas as pd

MOST_SHEETS = 4
_NAMED = 2
_WORDS = {"covered": "có truyền thông", "silent": "chưa truyền thông", "waiting": "chưa đánh giá"}


def timeline(coverage: Coverage) -> Blocks:
    """Return section II.2."""
    if not coverage.rows:
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
        return f"{told}."
    return f"{told}, với {words.number(number)} hoạt động kể từ khi bắt đầu lấy ý kiến."


def _covered(result: Result) -> str:
    """How many of the stages reached have a communication."""
    if result.of == 1:
        return f"giai đoạn duy nhất đã đến {'đã' if result.n else 'chưa'} có truyền thông"
    if not result.n:
        return f"chưa có giai đoạn nào trong {words.number(result.of)} giai đoạn đã đến được truyền thông"
    if result.n == result.of:
        return f"cả {words.number(result.of)} giai đoạn đã đến ({result.printed}) đều có truyền thông"
    return f"{result.counts} giai đoạn đã đến ({result.printed}) có truyền thông"


def _silences(coverage: Coverage) -> str:
    if not coverage.silent or not coverage.subject.result("CS-04").n:  # of none the first sentence has told
        return ""
    by_policy: dict[str, list[str]] = {}
    for one in coverage.silent:
        by_policy.setdefault(one["policy_id"], []).append(one["stage"])
    silent, of = words.number(len(coverage.silent)), words.number(len(by_policy))
    number = f"Còn {silent} giai đoạn của {of} chính sách chưa có truyền thông"
    if len(by_policy) > _NAMED:  # the table of II.1 names them
        return f"{number} (bảng ở mục 1 và biểu đồ dưới đây)."
    named = "; ".join(f"{coverage.title(id)} ({', '.join(stages)})" for id, stages in by_policy.items())
    return f"{number}: {named}."


def chart_of(coverage: Coverage) -> Timeline:
    """Return what the timeline draws: silent policies stay in where there are too many for the sheets."""
    subject = coverage.subject
    # Numbered as in the table of II.1, so that a row of the chart is found there.
    policies = list(enumerate(coverage.rows, 1))
    if len(policies) > MOST_ROWS * MOST_SHEETS:
        told_least = sorted(policies, key=lambda one: one[1]["covered"] - one[1]["reached"])
        policies = sorted(told_least[: MOST_ROWS * MOST_SHEETS], key=itemgetter(0))
    shown = [
        {
            "policy_id": one["policy_id"],
            "title": f"{at}. {coverage.title(one['policy_id'])}",
            "open": one["window_end"] > subject.cutoff,
        }
        for at, one in policies
    ]
    drawn = {one["policy_id"] for one in shown}
    stages = [one for one in coverage.stages if one["policy_id"] in drawn and one["stage_start"] <= subject.cutoff]
    bands = [_band(one, subject.cutoff) for one in stages]
    marks = [{**one, "date": one["date"].date()} for one in coverage.communications if one["policy_id"] in drawn]
    days = (subject.period.start, subject.period.cutoff)
    return Timeline(shown, bands, marks, *days, subject.data.params.silence_days)


def _band(stage: dict, cutoff: pd.Timestamp) -> dict:
    return {
        "policy_id": stage["policy_id"],
        "stage": stage["stage"],
        "start": stage["stage_start"].date(),
        "end": min(stage["stage_end"], cutoff).date(),
        "state": "covered" if stage["covered"] else "silent" if stage["reached"] else "waiting",
    }


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
    if any(band["state"] == "silent" for band in chart.bands):
        notes.append("Ô gạch chéo: giai đoạn đã đến mà chưa có hoạt động truyền thông.")
    if any(chart.silences(policy["policy_id"]) for policy in chart.policies):
        notes.append(f"Đoạn thẳng ghi số ngày: hơn {chart.silence_days} ngày liền không có hoạt động truyền thông.")
    left = len(coverage.rows) - MOST_ROWS * MOST_SHEETS
    if last and left > 0:
        notes.append(f"Còn {words.number(left)} chính sách khác ở Phụ lục I.")
    return notes


def _alt(coverage: Coverage, chart: Timeline) -> str:
    told = []
    for policy in chart.policies:
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
            band["start"].isoformat(),
            band["end"].isoformat(),
            band["state"],
            str(chart.told(band)),
        )
        for band in chart.bands
    ]
    return (("policy_id", "title", "stage", "start", "end_until_cutoff", "state", "communications"), *rows)


def _silent_units(coverage: Coverage) -> Table | None:
    """CS-07 by name: which assigned units did not communicate a policy themselves."""
    subject = coverage.subject
    if not subject.pooled:
        return None
    shown, raw = [], []
    for policy in coverage.rows:
        own = coverage.pairs.get(policy["policy_id"], ())
        missing = sorted(one["owner"] for one in own if not one["told"])
        if missing:
            names = [subject.names[unit] for unit in missing]
            names = [names[0], *map(words.in_sentence, names[1:])]
            told = words.counts(len(own) - len(missing), len(own))
            shown.append((str(len(shown) + 1), policy["title"], told, words.some_of(names, 12, "đơn vị")))
            raw += [(policy["policy_id"], policy["title"], unit, subject.names[unit]) for unit in missing]
    if not shown:
        return None
    return table(
        "Đơn vị được giao chưa trực tiếp truyền thông, theo chính sách",
        (
            NUMBER,
            Column("Dự thảo chính sách", "left", 2.4),
            Column("Đã tham gia", "center", 0.8),
            Column("Đơn vị chưa truyền thông", "left", 3.2),
        ),
        shown=shown,
        data=(("policy_id", "title", "unit_id", "unit"), raw),
        note="Chỉ gồm chính sách đã đến thời điểm đánh giá.",
        name="don-vi-chua-truyen-thong",
    )
