"""Units and periods side by side: notebook 04 and section II.8."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kit.errors import UsageError
from kit.periods import parse_period
from kit.report.blocks import Figure, Paragraphs
from kit.report.charts.dots import Dot
from kit.report.charts.heat import MOST_ROWS
from kit.report.comparison import Comparison
from kit.report.content.over_time import Series, period_label, series_figures
from kit.report.content.side_by_side import _ranked, _unranked, heat_figures, is_small
from kit.report.report import Report
from tests.report.charts.drawn import cut_off, size, words
from tests.report.sample_period import COMMUNES, UNITS, period_data, tables

DATA = period_data()


@pytest.fixture(scope="module")
def communes() -> Comparison:
    return Comparison(DATA)


def many(count: int) -> dict[str, list[dict]]:
    """The sample's district with so many communes, each with tasks enough to be compared."""
    made = [f"XB-{n:03d}" for n in range(count)]
    below = [{"unit_id": id, "name": f"Xã Mẫu số {n}", "parent_id": "HU-01"} for n, id in enumerate(made)]
    tasks = [
        {**task, "_unit": id, "task_id": f"{task['task_id']}-{again}", "due_date": "2024-02-01"}
        for id in made
        for task in tables()["tasks"][:5]
        for again in (1, 2)
    ]
    return {"units": [UNITS[0], UNITS[2], *below], "tasks": tasks}


def test_small_denominators_stand_apart_and_unordered(communes):
    (figure,) = communes.ranking()
    assert [row[1] for row in figure.data[1:]] == [f"Xã Mẫu {n}" for n in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    assert all(is_small(result) for _, result in communes._units.known("CS-01"))
    assert any(word.text == "Mẫu số nhỏ hơn 5, không xếp thứ tự:" for word in words(figure.svg))


def test_counts_have_no_denominator_and_are_ordered():
    (figure,) = Comparison(DATA, "NT-02").ranking()
    values = [float(row[4]) for row in figure.data[1:]]
    assert values == sorted(values, reverse=True) and len(values) > 1
    assert "Mẫu số" not in figure.note


@pytest.mark.parametrize("count", [3, 150])
def test_a_report_compares_any_number_of_units_on_sheets_that_fit_a_page(count):
    report = Report(period_data(rows=many(count), findings=[]), "HU-01")
    figures = [one for one in (*report.units(), *report.annex_activities()) if isinstance(one, Figure)]
    assert figures and all(cut_off(one.svg) == [] and size(one.svg)[1] / 72 * 25.4 < 190 for one in figures)
    heats = [one for one in figures if one.name.startswith("chi-so-theo-don-vi")]
    assert sum(len(one.data) - 1 for one in heats) == count
    assert len(heats) == -(-count // (MOST_ROWS - 1))


def test_one_unit_alone_is_not_compared():
    report = Report(period_data(rows=many(1), findings=[]), "HU-01")
    assert not [one for one in report.units() if isinstance(one, Figure)]
    assert "không có đơn vị để so sánh" in str(report.units())


def test_too_many_units_show_both_ends_and_how_many_are_between():
    units = Comparison(DATA, "NT-02")._units
    rows = [("XA-01", units.figures["XA-01"]["NT-02"])] * 50
    shown = _ranked(units, rows, 29)
    assert (len(shown), [row for row in shown if isinstance(row, str)]) == (29, ["… 22 đơn vị ở giữa …"])
    few = _unranked(units, rows, 8)
    assert len(few) == 8 and few[-1] == "… và 44 đơn vị khác …"
    assert all(isinstance(row, Dot) for row in few[1:-1])


def test_a_missing_figure_is_a_sign_and_never_a_zero(communes):
    (figure,) = heat_figures(communes._units, ["CS-01", "KP-01"])
    said = [word.text for word in words(figure.svg)]
    assert "–" in said or "…" in said
    assert "3 đơn vị không có giá trị" in figure.alt


def test_a_series_is_broken_where_the_unit_changed():
    periods = tuple(parse_period(code) for code in ("2024-H2", "2025-H1", "2025-H2"))
    figure = {**DATA.results.loc[DATA.results["indicator_id"] == "CS-01"].iloc[0].to_dict(), "break_reason": ""}
    whole = {**figure, "break_date": pd.NaT}
    cut = {"break_date": pd.Timestamp("2025-07-01"), "break_reason": "không tổ chức cấp huyện từ ngày 01/7/2025"}
    made = Series("Tỉnh Mẫu", periods, tuple({**figure, **cut, "period": one.code} for one in periods[:2]))
    calm = Series("Xã Mẫu", periods, tuple({**whole, "period": one.code} for one in periods))
    (block,) = series_figures([made, calm], "Tỷ lệ")
    assert [at for at, *_ in made.breaks] == [2] and calm.breaks == []
    assert "01/7/2025" in {word.text for word in words(block.svg)}
    assert "(Tỉnh Mẫu: không tổ chức cấp huyện từ ngày 01/7/2025)" in block.note
    assert "6T cuối 2025 chưa có số liệu" in block.alt


def test_periods_are_those_of_the_kind_that_ended_by_the_cut_off():
    made = Comparison(replace(DATA, period=parse_period("2025-H1")))
    assert [one.code for one in made._periods("")] == ["2024-H1", "2024-H2", "2025-H1"]
    assert [one.code for one in made._periods("Y")] == ["2024-Y"]
    with pytest.raises(UsageError, match="kind of period"):
        made.over_time("W")


def test_periods_have_short_names():
    codes = ("2024-M03", "2024-Q2", "2024-H1", "2024-9M", "2024-Y", "2022-04-01..2023-04-30")
    told = ["T3/2024", "quý II/2024", "6T đầu 2024", "9T 2024", "2024", "30/4/2023"]
    assert [period_label(parse_period(code)) for code in codes] == told


def test_the_notebook_s_charts_over_time_are_drawn_from_the_same_data(communes):
    (figure,) = communes.over_time()
    assert {f"Xã Mẫu {n}" for n in ("Một", "Hai", "Bốn")} <= {word.text for word in words(figure.svg)}
    assert communes.unit_over_time("XA-01")[0].caption.startswith("Biểu đồ: Các chỉ số của xã Mẫu Một theo kỳ")
    with pytest.raises(UsageError, match="did you mean"):
        communes.unit_over_time("XA-0")


def test_without_data_there_is_a_sentence_and_no_empty_chart():
    empty = Comparison(period_data(rows={"units": UNITS}, targets={}, findings=[]), "KP-01")
    assert [type(one) for one in empty.ranking()] == [Paragraphs]
    assert [type(one) for one in series_figures([], "")] == [Paragraphs]


@pytest.mark.parametrize("wrong", [{"indicator_id": "CS-1"}, {"level": "comune"}])
def test_a_mistyped_indicator_or_level_is_refused(wrong):
    with pytest.raises(UsageError, match="did you mean"):
        Comparison(DATA, **wrong)


def test_the_lowest_level_is_compared_unless_another_is_named(communes):
    assert communes._listed == list(COMMUNES)
    assert Comparison(DATA, level="district")._listed == ["HU-01"]
