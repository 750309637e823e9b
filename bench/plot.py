"""The comparison as a picture: a bar a contestant, on a logarithmic scale, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

_ROW, _BAR, _LEFT, _WIDTH, _RIGHT = 30, 18, 160, 520, 130
_INK, _OURS, _THEIRS = "#333333", "#1f6f8b", "#b0b7bf"


def bars(title: str, figures: Mapping[str, float], ours: str) -> str:
    """Return an SVG of figures above 0; bars whose label begins with ``ours`` stand out."""
    ranked = sorted(figures.items(), key=lambda item: -item[1])
    lowest = 10 ** math.floor(math.log10(ranked[-1][1]))
    decades = math.log10(ranked[0][1] / lowest)
    width, height = _LEFT + _WIDTH + _RIGHT, _ROW * (len(ranked) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        f'font-family="sans-serif" font-size="13" fill="{_INK}">',
        f'<text x="0" y="18" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (label, figure) in enumerate(ranked, 1):
        top = number * _ROW
        length = max(2, _WIDTH * math.log10(figure / lowest) / decades)
        colour = _OURS if label.startswith(ours) else _THEIRS
        parts += [
            f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{_LEFT}" y="{top}" width="{length:.0f}" height="{_BAR}" fill="{colour}"/>',
            f'<text x="{_LEFT + length + 6:.0f}" y="{top + 14}">{figure:,.0f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
