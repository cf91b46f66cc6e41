"""Charts made safe and fit for an HTML page."""

import re

import sample_tables as tables

from kit.report.html import colours, svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inner: str) -> str:
    prolog = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'
    return f'{prolog}<svg {NAMESPACES} viewBox="0 0 9 9">{inner}</svg>'


def test_a_drawing_keeps_its_shapes_and_its_text():
    html = svg.safe(tables.chart(), "f1", "Biểu đồ")
    assert html.count("<rect") == 4 and "Phường Vĩnh Thủy" in html and 'viewBox="0 0 432 160"' in html


def test_nothing_of_a_drawing_is_an_address_of_the_network():
    inner = '<a xlink:href="https://x"><rect/></a><image xlink:href="http://x/y.png"/><use xlink:href="http://x#a"/>'
    style = '<rect style="fill: url(http://x#p)"/><rect fill="url(//x)"/>'
    html = svg.safe(drawing(inner + style + "<metadata>http://purl.org</metadata>"), "f1", "a")
    assert "http" not in html and "//" not in html


def test_scripts_styles_and_events_are_gone():
    inner = '<script>alert(1)</script><style>*{fill:red}</style><rect onclick="alert(1)"/>'
    inner += "<foreignObject><p>x</p></foreignObject>"
    html = svg.safe(drawing(inner + '<set attributeName="href"/><animate/>'), "f1", "a")
    assert re.findall(r"<([a-zA-Z]+)", html) == ["svg", "rect"] and "alert" not in html and "onclick" not in html


def test_ids_and_their_uses_get_the_prefix():
    inner = '<defs><path id="m1"/></defs><use xlink:href="#m1"/><g clip-path="url(#m1)"/>'
    inner += "<g style=\"clip-path: url('#m1')\"/>"
    html = svg.safe(drawing(inner), "f7", "a")
    assert 'id="f7-m1"' in html and 'href="#f7-m1"' in html and html.count("url(#f7-m1)") == 2


def test_the_label_is_read_out_and_escaped():
    html = svg.safe(drawing(""), "f1", 'Biểu đồ "A" <b>')
    assert 'role="img" aria-label="Biểu đồ &quot;A&quot; &lt;b&gt;"' in html


def test_what_is_no_drawing_gives_nothing():
    assert svg.safe("<svg", "f", "a") == svg.safe("<p/>", "f", "a") == svg.safe("", "f", "a") == ""


def test_an_entity_bomb_is_refused():
    assert svg.safe('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg><text>&a;</text></svg>', "f", "a") == ""


def test_colours_turn_with_a_dark_page_and_keep_their_order():
    html = svg.safe(drawing('<rect fill="#fff" style="stroke: #1f77b4"/>'), "f", "a")
    assert "fill:var(--c-ffffff,#ffffff)" in html and "var(--c-1f77b4,#1f77b4)" in html
    assert "--c-ffffff:" in colours.dark_variables(html)
    brightness = [
        int(colours.dark(colour)[1:3], 16) for colour in ("#ffffff", "#cccccc", "#888888", "#333333", "#000000")
    ]
    assert brightness == sorted(brightness) and brightness[0] < 0x30 and brightness[-1] > 0xD0


def test_the_same_drawing_gives_the_same_bytes():
    assert svg.safe(tables.chart(), "f1", "a") == svg.safe(tables.chart(), "f1", "a")
