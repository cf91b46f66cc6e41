"""The style that a block carries into JupyterLab, where the report's style sheet is absent; follows Lab's own theme.

Lab sets cells of tables to the right, paragraphs to the left, lists in, terms and their texts afloat, each with two
classes and a tag; an attribute more (``[class]``) outweighs that. Lab's own reds and greens do not reach a contrast of
4.5 : 1 in both themes (WCAG 2.2, 1.4.3), so these are the kit's, one set for each; a test computes them. An attribute
of the page's body says which theme is on.
"""

# Letters of the statuses, bars of the callouts (3 : 1 is asked of those), paper of the charts.
LIGHT = {"met": "#176d3b", "nearly": "#845600", "not-met": "#b3261e", "note": "#2f6fab", "warning": "#b86a00"}
DARK = {"met": "#5fcf8d", "nearly": "#e3a93c", "not-met": "#ff8a80", "note": "#6cb2f0", "warning": "#f0a040"}
IN_DARK = "[data-jp-theme-light=false] .kit-embedded"


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


STYLE = (
    ".kit-embedded{--i:var(--jp-content-font-color0,#1b1f24);--s:var(--jp-content-font-color2,#57606a);"
    f"--r:var(--jp-border-color2,#d0d7de);{_variables(LIGHT)}max-width:60rem;line-height:1.55;color:var(--i)}}"
    f"{IN_DARK}{{{_variables(DARK)}--paper:var(--jp-layout-color0,#111)}}"
    ".kit-embedded p{margin:.4em 0;white-space:pre-line;overflow-wrap:anywhere}"
    ".kit-embedded h1{text-align:center;font-size:1.25em;font-weight:700;line-height:1.4}"
    ".kit-type,.kit-subject,.kit-annex h2 span{display:block}"
    ".kit-embedded .kit-annex h2{line-height:1.4}.kit-embedded .kit-letterhead[class] p,"
    ".kit-embedded .kit-annex[class] p,.kit-embedded .kit-sign[class] p{text-align:center}"
    ".kit-embedded[class] dl{display:grid;grid-template-columns:fit-content(20rem) 1fr;gap:.3em 1.2em;margin:.6em 0}"
    ".kit-embedded[class] dt,.kit-embedded[class] dd{float:none;width:auto;margin:0}"
    ".kit-embedded ul.kit-cards[class]{padding:0}"
    ".kit-embedded .kit-letterhead{display:grid;grid-template-columns:1fr 1fr;text-align:center;gap:0 1rem}"
    ".kit-issuer,.kit-type,.kit-sign,.kit-title{text-transform:uppercase}.kit-signer{text-transform:none}"
    ".kit-embedded .kit-number{white-space:pre-wrap}.kit-embedded .kit-date{font-style:italic}"
    ".kit-embedded .kit-period,.kit-embedded .kit-to{text-align:center}"
    ".kit-embedded .kit-to ul,.kit-embedded .kit-recipients ul{list-style:none;margin:0;padding:0}"
    ".kit-embedded blockquote{border-left:4px solid var(--r);margin:.8em 0;padding:0 0 0 1em}"
    ".kit-embedded .kit-motto{order:1;font-weight:700}.kit-embedded .kit-number,.kit-embedded .kit-date{order:2}"
    ".kit-embedded .kit-draft{color:var(--not-met);font-weight:700;text-align:center}"
    ".kit-embedded .kit-cards{list-style:none;margin:0;padding:0;display:grid;gap:.75rem;"
    "grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}"
    ".kit-embedded .kit-cards:has(>:nth-child(4):last-child){grid-template-columns:repeat(auto-fill,minmax(11rem,1fr))}"
    ".kit-embedded .kit-card{border:1px solid var(--r);border-radius:8px;padding:.6rem .9rem;margin:0}"
    ".kit-embedded .kit-value strong{font-size:1.7em}.kit-embedded .kit-name{font-weight:600}"
    ".kit-embedded .kit-source,.kit-embedded .kit-change,.kit-embedded .kit-under{color:var(--s);font-size:.92em}"
    ".kit-status{display:inline-flex;gap:.35em;align-items:center;font-weight:600}.kit-shape{flex:none}"
    ".kit-status.kit-met{color:var(--met)}.kit-status.kit-nearly{color:var(--nearly)}"
    ".kit-status.kit-not-met{color:var(--not-met)}"
    ".kit-embedded figure{margin:1em 0}.kit-embedded figcaption{font-weight:600;margin-bottom:.4em}"
    ".kit-embedded .kit-scroll,.kit-embedded .kit-chart{overflow-x:auto}"
    ".kit-embedded table{border-collapse:collapse;width:100%;margin:0;font-size:1em;table-layout:auto}"
    ".kit-embedded figure[class] td,.kit-embedded figure[class] th{padding:.35em .6em;text-align:left;"
    "vertical-align:top;white-space:pre-line;max-width:none;border-bottom:1px solid var(--r)}"
    ".kit-embedded figure[class] .kit-right{text-align:right;font-variant-numeric:tabular-nums}"
    ".kit-embedded figure[class] .kit-center{text-align:center}.kit-embedded .kit-total td{font-weight:700}"
    ".kit-hidden{position:absolute;clip-path:inset(50%);width:1px;height:1px;"
    "overflow:hidden}.kit-embedded .kit-chart svg{width:100%;height:auto;background:var(--paper,#fff)}"
    ".kit-embedded .kit-callout{border-left:4px solid var(--note);padding:.2rem .9rem;margin:.8em 0}"
    ".kit-embedded .kit-warning{border-color:var(--warning)}.kit-embedded .kit-annex{text-align:center}"
    ".kit-embedded .kit-signature{display:flex;flex-direction:row-reverse;justify-content:space-between;gap:2rem}"
    ".kit-embedded .kit-sign{text-align:center;font-weight:700}.kit-embedded .kit-signer{margin-top:4em}"
    ".kit-embedded dt{font-weight:600;overflow-wrap:anywhere}.kit-embedded dd{white-space:pre-line}"
)
