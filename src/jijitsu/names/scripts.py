"""The script that a name is written in."""

from __future__ import annotations

import re

SCRIPTS = ("latin", "katakana", "kanji", "mixed")
_PATTERNS = (
    (re.compile(r"[ -~À-ÿ]+"), "latin"),
    (re.compile(r"[ァ-ヺー・]+"), "katakana"),
    (re.compile(r"[一-龥々]+"), "kanji"),
)


def script(surface: str) -> str:
    """Return one of :data:`SCRIPTS`."""
    for pattern, name in _PATTERNS:
        if pattern.fullmatch(surface):
            return name
    return "mixed"
