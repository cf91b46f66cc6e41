"""Colours of charts on a dark page: the same hue with its lightness turned round, so that contrasts are kept.

Computed in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020), where equal steps of
lightness look equal for every hue; white paper becomes the dark paper of the style sheet and black ink nearly white.
"""

from __future__ import annotations

import re

_DARKEST, _LIGHTEST = 0.23, 0.97
_INK, _LINE = 0.57, 0.78  # greys up to the first are letters and must stay readable, from the second on faint lines
_MARKS = 0.52  # least lightness of a coloured mark, so that amber does not turn into mud
_USED = re.compile(r"var\(--c-([0-9a-f]{6}),")


def variable(colour: str) -> str:
    """Return ``#1f77b4`` as a variable with the colour itself as the value on a light page."""
    return f"var(--c-{colour[1:]},{colour})"


def dark_variables(html: str) -> str:
    """Return the declarations for a dark page of all colour variables used in the markup, in a fixed order."""
    used = sorted(set(_USED.findall(html)))
    return "".join(f"--c-{colour}:{'var(--paper)' if colour == 'ffffff' else dark('#' + colour)};" for colour in used)


def dark(colour: str) -> str:
    """Return the colour (``#rrggbb``) that takes its place on a dark page."""
    lightness, a, b = _oklab([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    if a * a + b * b > 0.05**2:
        turned = max(_LIGHTEST - (_LIGHTEST - _DARKEST) * lightness, _MARKS)
    else:
        turned = _LIGHTEST - (_LIGHTEST - _DARKEST) * _grey(lightness)
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in _srgb(turned, a, b))


def _grey(lightness: float) -> float:
    """Push the greys of letters towards black, which becomes white: they also stand on marks of middle lightness."""
    if lightness >= _LINE:
        return lightness
    dark = min(lightness, _INK) ** 2.2
    return dark + (_LINE - dark) * max(0.0, lightness - _INK) / (_LINE - _INK)


def _oklab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _srgb(lightness: float, a: float, b: float) -> list[float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear]
