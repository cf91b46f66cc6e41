"""HTML of Markdown cells and of other libraries made harmless."""

import pytest

from kit.report.html.sanitize import has_content, safe_html


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("<script>alert(1)</script>x", "x"),
        ("<SCRIPT src=http://x></SCRIPT>x", "x"),
        ("<p onclick=alert(1)>x</p>", "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href=" java\nscript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="annex.xlsx">x</a>', '<a href="annex.xlsx">x</a>'),
        ('<a href="https://chinhphu.vn">x</a>', '<a href="https://chinhphu.vn">x</a>'),
        ('<img src="http://x/y.png" alt="Ảnh">', "Ảnh"),
        ('<img src="data:image/png;base64,AAAA" onerror=x>', '<img src="data:image/png;base64,AAAA" alt="">'),
        ("<iframe src=x>y</iframe>z", "z"),
        ("<form><button>x</button></form>", "x"),
        ("<custom-tag>x</custom-tag>", "x"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<p><b>x</p>y", "<p><b>x</b></p>y"),
        ("</main></div>x", "x"),
        ("<div>x", "<div>x</div>"),
        ("<tr><th></th><th>&nbsp;</th><th>a</th></tr>", "<tr><td></td><td></td><th>a</th></tr>"),
        ("<!-- <script> -->x", "x"),
        (
            '<td style="text-align: right; background: url(http://x); position:fixed">x',
            '<td style="text-align: right">x</td>',
        ),
        ("<style>body{display:none}</style>x", "x"),
        ("<link rel=stylesheet href=http://x><meta http-equiv=refresh>x", "x"),
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script>y</script></svg>', None),
    ],
)
def test_only_harmless_markup_is_kept(markup, cleaned):
    html = safe_html(markup)
    if cleaned is None:
        assert "http" not in html and "onload" not in html and "script" not in html
    else:
        assert html == cleaned


def test_ids_are_kept_apart_by_the_prefix():
    assert safe_html('<p id="a">x</p>', "k3") == '<p id="k3-a">x</p>'
    assert safe_html('<p id="a">x</p>') == "<p>x</p>"


def test_the_colours_of_a_pandas_styler_stay():
    html = safe_html(
        '<style>#T_ab td.col1, #T_ab_row0 { color: red; }\nbody{color:red}</style><table id="T_ab"></table>', "k1"
    )
    assert html == '<style>#k1-T_ab td.col1,#k1-T_ab_row0{color: red;}</style><table id="k1-T_ab"></table>'


def test_a_script_alone_shows_nothing():
    assert not has_content(safe_html("<div><script>draw()</script></div>"))
    assert has_content(safe_html("<p>x</p>"))
