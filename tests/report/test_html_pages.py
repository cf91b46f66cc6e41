"""The pages in a browser: nothing runs off a phone, nothing from data runs, the search finds without tones."""

import html as markup
import re
import shutil
import subprocess

import nbformat.v4 as v4
import pytest
import sample_document as sample

from kit.report import blocks as b
from kit.report.html.exporter import KitHTMLExporter
from kit.report.site import render_index
from kit.report.site_data import IndexHead, IndexRow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs a browser: Debian package chromium")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=3000 --dump-dom"
)
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
SIDEWAYS = "d.documentElement.scrollWidth-d.documentElement.clientWidth"
LONG = "Ngã" * 120
ROWS = (
    IndexRow("H1", "Huyện Đại Thành", cells=(("75,0% (9/12)", "met"),) * 4),
    IndexRow(
        "X1", "Xã Đông Hưng", parent_id="H1", depth=1, cells=(("75,0%", "met"),) * 4, links=(("PDF", "X1/report.pdf"),)
    ),
    IndexRow("X2", "Xã Tân Phước", parent_id="H1", depth=1, cells=((LONG, "nearly"),) * 4, note=LONG),
)
INDEX = render_index("6 tháng đầu năm 2024", ROWS, IndexHead(columns=("Chính sách được truyền thông",) * 4))


def probe(tmp_path, html: str, measure: str, width: int = 360) -> str:
    """Return what the script expression ``measure`` gives for the page ``d`` in a frame of the width.

    The frame is filled after its policy is known, so the page's own security policy holds inside it.
    """
    frame = f'<iframe id="f" style="border:0;width:{width}px;height:700px" srcdoc="{markup.escape(html)}"></iframe>'
    script = (
        "onload=()=>{const w=document.getElementById('f').contentWindow,d=w.document;"
        f"document.title='<<'+String({measure})+'>>'}}"
    )
    wrapper = tmp_path / "wrapper.html"
    wrapper.write_text(f'<!doctype html><meta charset="utf-8">{frame}<script>{script}</script>', encoding="utf-8")
    command = [CHROMIUM, *QUIET.split(), NO_NETWORK, f"--user-data-dir={tmp_path / 'profile'}", wrapper.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    return markup.unescape(re.search(r"<title>&lt;&lt;(.*?)&gt;&gt;</title>", done.stdout, re.DOTALL)[1])


def export(nb) -> str:
    return KitHTMLExporter().from_notebook_node(nb)[0]


def hard_cases():
    """The sample and everything that likes to run off a narrow page."""
    wide = b.Table("Bảng rộng", (b.Column("Cột"),) * 12, (("1.234.567,8",) * 12, (LONG,) * 12))
    head = b.Head(LONG, LONG, "Số: 05/BC-UBND", LONG, "Báo cáo", LONG, (LONG, LONG))
    card = b.Cards((b.Card("x", LONG, LONG, LONG, LONG, "met", LONG, LONG, LONG),))
    rest = [
        b.Paragraphs((LONG,)),
        b.Quotes((b.Quote(LONG, LONG),)),
        b.Signature(LONG, LONG, LONG, (LONG,)),
        b.Annex(LONG, LONG, LONG),
    ]
    code = v4.new_markdown_cell(f"```\n{LONG}\n```\n\n|{LONG}|{LONG}|\n|--|--|\n|1|2|\n\n`{LONG}`")
    nb = sample.notebook([*sample.cells(), wide, head, card, *rest, b.Definitions(((LONG, LONG),)), b.Callout(LONG)])
    nb.cells.append(code)
    return nb


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(tmp_path, width):
    html = export(hard_cases())
    assert probe(tmp_path, html, SIDEWAYS, width) == "0"


def test_the_index_does_not_scroll_sideways_on_a_phone(tmp_path):
    assert probe(tmp_path, INDEX, SIDEWAYS) == "0"


def test_a_wide_table_scrolls_in_a_box_of_its_own(tmp_path):
    measure = "[...d.querySelectorAll('.kit-scroll')].some(e=>e.scrollWidth>e.clientWidth)"
    assert probe(tmp_path, export(sample.notebook()), measure) == "true"


def test_nothing_from_data_becomes_an_element_or_runs(tmp_path):
    words = (
        "</style></title><img src=x onerror=\"parent.document.title='X'\"><script>parent.document.title='X'</script>"
    )
    blocks = [
        b.Head(words, words, words, words, words, words, (words,), title=words),
        b.Table(words, (b.Column(words),), ((words,),)),
    ]
    html = export(sample.notebook([*blocks, f"# {words}\n\n{words}", b.Figure(words, words, words)]))
    measure = "d.querySelectorAll('script,img,[onerror]').length+' '+d.querySelector('td').textContent"
    assert probe(tmp_path, html, measure) == f"0 {words}"


def test_the_search_finds_a_unit_without_tones(tmp_path):
    at_once = INDEX.replace("setTimeout(filter, 120)", "filter()")  # the browser's clock is a virtual one here
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", at_once)
    shown = "[...d.querySelectorAll('tbody tr')].filter(r=>!r.hidden).map(r=>r.cells[0].textContent).join()"
    typed = "q.value='DONG hung';q.dispatchEvent(new w.Event('input'))"
    said = "d.querySelector('output').textContent"
    measure = f"(()=>{{const q=d.querySelector('input');{typed};return {shown}+': '+{said}}})()"
    assert at_once != INDEX and probe(tmp_path, page, measure) == "Xã Đông Hưng: 1 đơn vị phù hợp"


def test_units_are_filtered_by_status_and_sorted_by_an_indicator(tmp_path):
    figures = (
        ("9,5% (2/21)", "not_met"),
        ("75,0% (9/12)", "met"),
        ("không phát sinh", "no_data"),
        ("8% (2/25)", "not_met"),
    )
    rows = [IndexRow(f"X{at}", f"Xã {at}", figures=(figure,)) for at, figure in enumerate(figures)]
    head = IndexHead((), indicators=(("CS-01", "Tỷ lệ"),))
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render_index("k", rows, head))
    names = "[...d.querySelectorAll('#all tbody tr')].map(r=>r.cells[0].textContent).join()"
    sort, how = "d.querySelector('[data-by=\"0\"] button').click()", "d.querySelector('[data-by=\"0\"]').ariaSort"
    status = "const s=d.getElementById('f-status');s.value='not_met';s.dispatchEvent(new w.Event('change'))"
    steps = f"d.querySelector('[data-view=all]').click();{sort};const a={names}+' '+{how};{sort};{status};"
    measure = f"(()=>{{{steps}return a+' | '+{names}+' '+{how}}})()"
    assert probe(tmp_path, html, measure) == "Xã 1,Xã 0,Xã 3,Xã 2 descending | Xã 3,Xã 0 ascending"


def test_the_policy_of_the_index_lets_its_script_run(tmp_path):
    assert probe(tmp_path, INDEX, "d.querySelector('.bar').hidden") == "false"


def test_the_code_appears_only_when_the_switch_is_on(tmp_path):
    seen = "d.querySelector('.kit-code').getClientRects().length>0"
    measure = f"(()=>{{const a={seen};d.getElementById('kit-show-code').checked=true;return a+' '+({seen})}})()"
    assert probe(tmp_path, export(sample.notebook()), measure) == "false true"


def test_seven_columns_fit_beside_the_contents_on_a_usual_screen(tmp_path):
    titles = ("STT", "Dự thảo chính sách", "Cơ quan chủ trì", "Tiến độ", "Giai đoạn", "Đơn vị tham gia", "Mức độ")
    widths = (0.45, 3.4, 2, 1.4, 1, 1, 1.5)
    columns = tuple(b.Column(title, width=width) for title, width in zip(titles, widths, strict=True))
    html = export(sample.notebook(["# A\n\n## B", b.Table("Chính sách", columns, (("Lấy ý kiến dự thảo",) * 7,))]))
    measure = "[...d.querySelectorAll('.kit-scroll')].map(e=>e.scrollWidth-e.clientWidth).join()"
    assert probe(tmp_path, html, measure, 1265) == "0"


@pytest.mark.parametrize(("width", "shown"), [(360, True), (1265, False)])
def test_a_hint_to_swipe_stands_exactly_above_what_scrolls(tmp_path, width, shown):
    html = export(sample.notebook([b.Table("Bảng", (b.Column("Cột"),) * 7, (("1",) * 7,))]))
    measure = "w.getComputedStyle(d.querySelector('figcaption'),'::after').height!=='0px'"
    assert probe(tmp_path, html, measure, width) == str(shown).lower()


@pytest.mark.parametrize("width", [1009, 1265, 1425])
def test_the_tables_of_the_index_stand_in_line_and_lose_nothing(tmp_path, width):
    cells = (("71,4%", "met"), ("không phát sinh", "no_data"), ("11.075", "")) + (("100%", "nearly"),) * 4
    links = (("HTML", "a"), ("PDF", "b"))
    units = [("T", ""), ("H1", "T"), ("H2", "T"), ("X1", "H1"), ("X2", "H2")]
    rows = [IndexRow(unit, f"Đơn vị {unit}", parent_id=above, cells=cells, links=links) for unit, above in units]
    html = render_index("k", rows, IndexHead(columns=("Chính sách truyền thông đủ giai đoạn",) * 7))
    lost = "[...d.querySelectorAll('.w')].some(e=>e.scrollWidth>e.clientWidth)"
    places = "new Set([...d.querySelectorAll('thead th')].map(e=>Math.round(e.getBoundingClientRect().left))).size"
    assert probe(tmp_path, html, f"{lost}+' '+{places}", width) == "false 9"
