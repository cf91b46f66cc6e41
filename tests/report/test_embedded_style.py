"""Colours of blocks in JupyterLab: readable in its light and in its dark theme, by WCAG 2.2 (1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from kit.report.blocks import Figure, Paragraphs
from kit.report.content.sequence import Blocks
from kit.report.html import render
from kit.report.html.embedded_style import DARK, IN_DARK, LIGHT, STYLE

# JupyterLab 4: the page, every other row of a table, and the row under the mouse (a blue of 20 % on the dark page).
PAPERS = {"light": ("#ffffff", "#f5f5f5", "#e1f5fe"), "dark": ("#111111", "#212121", "#0e2f3e")}
THEMES = {"light": LIGHT, "dark": DARK}
LETTERS, BARS = ("met", "nearly", "not-met"), ("note", "warning")


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definitions)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_that_of_the_standard():
    assert contrast("#ffffff", "#000000") == pytest.approx(21) and contrast("#777777", "#ffffff") < 4.5
    assert contrast("#cf3a31", "#111111") < 4.5  # what it was in the dark theme


@pytest.mark.parametrize("theme", THEMES)
def test_words_of_a_status_reach_4_5_and_bars_3(theme):
    least = {**dict.fromkeys(LETTERS, 4.5), **dict.fromkeys(BARS, 3.0)}
    assert THEMES[theme].keys() == least.keys()
    weak = {
        (name, paper): round(contrast(colour, paper), 2)
        for name, colour in THEMES[theme].items()
        for paper in PAPERS[theme]
        if contrast(colour, paper) < least[name]
    }
    assert not weak


def test_every_colour_follows_the_theme():
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE)
    fixed = [(where, said) for where, said in rules if "#" in re.sub(r"var\([^)]*\)|--[\w-]+:#\w+;", "", said)]
    assert not fixed
    declared = {name for where, said in rules for name in re.findall(r"(--[\w-]+):", said)}
    used = set(re.findall(r"var\((--[\w-]+)", STYLE))
    assert {name for name in used if not name.startswith("--jp-")} <= declared
    assert [where for where, _ in rules if "data-jp-theme-light" in where] == [IN_DARK]


def test_a_chart_has_colours_of_its_own_in_the_dark_theme():
    figure = {"kind": "figure", "caption": "a", "alt": "b", "note": "", "name": "", "data": ()}
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="#1f77b4" width="9"/></svg>'
    html = render.block({**figure, "svg": drawing})
    assert "var(--c-1f77b4,#1f77b4)" in html and re.search(re.escape(IN_DARK) + r"\{[^}]*--c-1f77b4:#\w{6};", html)
    assert IN_DARK + "{--c-" not in render.block({"kind": "paragraphs", "items": ["#1f77b4"]})


def test_terms_and_their_texts_stand_in_two_columns_although_lab_sets_them_afloat():
    rules = dict(re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE))
    assert "display:grid" in rules[".kit-embedded[class] dl"]
    assert "float:none;width:auto" in rules[".kit-embedded[class] dt,.kit-embedded[class] dd"]


def test_the_outputs_of_a_cell_bring_the_style_once(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle["text/html"]))
    Blocks((Paragraphs(("một",)), Paragraphs(("hai",)), Paragraphs(("ba",))))._ipython_display_()
    assert [html.count(STYLE) for html in shown] == [1, 0, 0]
    assert shown[1] == '<div class="kit kit-embedded"><p class="kit-text">hai</p></div>'
    assert STYLE in Paragraphs(("một mình",))._repr_mimebundle_()["text/html"]


def test_a_chart_brings_its_colours_for_the_dark_theme_wherever_it_stands():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1" fill="#e8edf3"/></svg>'
    block = Figure("Biểu đồ", svg, "Biểu đồ").to_json()
    dark = render.block(block).split(STYLE)[1].split("</style>")[0]
    assert dark.startswith(IN_DARK) and f"<style>{dark}</style>" in render.block(block, styled=False)
