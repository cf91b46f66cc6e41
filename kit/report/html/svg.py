"""SVG made safe and fit to stand inside an HTML page.

Only drawing elements and attributes are kept, so no script, style sheet, event handler or address survives; ids get a
prefix, so that two charts on a page do not share clip paths; colours become variables that turn with a dark page.
Names of elements carry no namespace: HTML needs none and the page then holds no ``http`` address at all.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from kit.report.html.colours import variable
from kit.report.html.markup import text

_DRAWING = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc clipPath mask pattern "
    "linearGradient radialGradient stop marker image"
)
_ELEMENTS = set(_DRAWING.split())
_DESCRIBING = (
    "id class d x y x1 y1 x2 y2 cx cy r rx ry width height viewBox preserveAspectRatio points transform style opacity "
    "fill stroke fill-opacity fill-rule clip-rule clip-path mask stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit text-anchor dominant-baseline font-family "
    "font-size font-style font-weight letter-spacing dx dy rotate offset stop-color stop-opacity gradientUnits "
    "gradientTransform patternUnits patternTransform patternContentUnits clipPathUnits maskUnits markerWidth "
    "markerHeight markerUnits orient refX refY marker-start marker-mid marker-end href textLength lengthAdjust "
    "color display visibility vector-effect paint-order fx fy spreadMethod"
)
_ATTRIBUTES = set(_DESCRIBING.split())
_NAMES = {"white": "#ffffff", "black": "#000000", "gray": "#808080", "grey": "#808080"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*")
# What matplotlib writes as a style sheet for every element; on the root it is inherited and stays inside the chart.
_ROOT_STYLE = f"stroke-linejoin:round;stroke-linecap:butt;fill:{variable('#000000')}"
_PAINTS = ("fill", "stroke", "stop-color", "color")


def safe(svg: str, prefix: str, label: str) -> str:
    """Return the drawing as inline SVG with ``role="img"`` and the label; blank when it cannot be read as SVG.

    ``prefix`` makes the ids unique on the page; ``label`` is the alternative text.
    """
    if "<!ENTITY" in svg:
        return ""
    try:
        root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", svg).strip())
    except ElementTree.ParseError:
        return ""
    if _local(root.tag) != "svg":
        return ""
    return _element(root, prefix, f' role="img" aria-label="{text(label)}"')


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _element(node: ElementTree.Element, prefix: str, extra: str = "") -> str:
    name = _local(node.tag)
    if name not in _ELEMENTS or (name in ("title", "desc") and not extra):
        return ""
    attributes = _attributes(node, prefix)
    if extra:
        attributes = _root_attributes(attributes)
    if name == "image" and not _IMAGE.fullmatch(attributes.get("href", "")):
        return ""
    written = "".join(f' {key}="{text(value)}"' for key, value in attributes.items())
    inner = text((node.text or "") if name in ("text", "tspan") else (node.text or "").strip())
    inner += "".join(_element(child, prefix) + text((child.tail or "").strip()) for child in node)
    return f"<{name}{written}{extra}>{inner}</{name}>" if inner else f"<{name}{written}{extra}/>"


def _root_attributes(attributes: dict[str, str]) -> dict[str, str]:
    kept = {
        key: value for key, value in attributes.items() if key in ("viewBox", "width", "height", "preserveAspectRatio")
    }
    if "viewBox" not in kept and {"width", "height"} <= kept.keys():
        kept["viewBox"] = f"0 0 {_pixels(kept['width'])} {_pixels(kept['height'])}"
    style = f"{_ROOT_STYLE};max-width:{kept['width']}" if "width" in kept else _ROOT_STYLE
    return {"viewBox": kept.get("viewBox", ""), "style": style}


def _pixels(length: str) -> str:
    return re.sub(r"[^0-9.]", "", length)


def _attributes(node: ElementTree.Element, prefix: str) -> dict[str, str]:
    kept, style = {}, []
    for key, value in node.attrib.items():
        name = _local(key)
        if name not in _ATTRIBUTES:
            continue
        if name == "href":
            kept |= _reference(value, prefix)
        elif name == "id":
            kept[name] = f"{prefix}-{value}"
        elif name == "style":
            style.append(_declarations(value, prefix))
        elif name in _PAINTS:  # a variable is allowed in a style only, not in a presentation attribute
            style.insert(0, f"{name}:{_declarations(value, prefix)}")
        else:
            kept[name] = _declarations(value, prefix) if "url(" in value else value
    return kept | ({"style": ";".join(style)} if style else {})


def _reference(value: str, prefix: str) -> dict[str, str]:
    if value.startswith("#"):
        return {"href": f"#{prefix}-{value[1:]}"}
    return {"href": value} if _IMAGE.fullmatch(value) else {}


def _declarations(value: str, prefix: str) -> str:
    if re.search(r"url\((?!\s*['\"]?#)|expression|@|\\|javascript", value, re.IGNORECASE):
        return "none"
    inside = re.sub(r"url\(\s*['\"]?#([^)'\"]*)['\"]?\s*\)", rf"url(#{prefix}-\1)", value)
    named = re.sub(r"(?<=[:\s])(white|black|gr[ae]y)(?=\s*(?:;|$))", lambda m: _NAMES[m[1]], f" {inside}").strip()
    outside = re.split(r"(url\([^)]*\))", named)
    return "".join(part if part.startswith("url(") else _COLOUR.sub(_as_variable, part) for part in outside)


def _as_variable(match: re.Match) -> str:
    digits = match[0][1:].lower()
    return variable("#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits)))
