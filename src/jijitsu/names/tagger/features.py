"""The tagger's features: of a word itself, and of where it stands.

A feature of the sentence at ``i`` is one of a word at ``i + offset``, so that the decoder
can keep the score of each distinct word at each offset; training and decoding both take
their features from here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OFFSETS = (-2, -1, 0, 1, 2)
# At the outer offsets only these families count.
_OUTER_FAMILIES = frozenset({"w", "p", "s", "d"})
OUTSIDE = "<s>"
# What is told of a word and the one before it: their parts of speech, and their evidence.
POS_PAIR, EVIDENCE_PAIR = "pp", "dd"

# The first form that a whole word has is its shape.
_SHAPE = re.compile(
    r"(?P<UPPER>[A-Z][A-Z0-9&.+-]*)|(?P<Title>[A-Z][a-zà-ÿ]+)|(?P<lower>[a-zà-ÿ]+)"
    r"|(?P<digits>[0-9][0-9.,]*)|(?P<alnum>(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9.&+-]+)"
    r"|(?P<Mixed>[A-Za-zÀ-ÿ'&.+-]+)|(?P<katakana>[ァ-ヺー]+)|(?P<hiragana>[ぁ-ゖー]+)"
    r"|(?P<kanji>[一-龥々]+)|(?P<mark>[^\w\s]+)"
)
_RUNS = ((re.compile("[A-Z]+"), "A"), (re.compile("[a-z]+"), "a"), (re.compile("[0-9]+"), "0"))
_NAME_SUFFIXES = frozenset(
    "氏 さん 社 社長 会長 CEO CTO CFO COO 教授 大統領 首相 大臣 議員 代表 創業者 製 版 製品 チップ モデル シリーズ グループ "
    "大学 省 庁 市 県 州 国 人 日本法人 傘下 子会社 幹部 政府 会議 サミット".split()
)


def shape(surface: str) -> str:
    """Return the script and case of a word."""
    found = _SHAPE.fullmatch(surface)
    return str(found.lastgroup) if found else "mixed"


def word_features(surface: str, pos: str) -> tuple[str, ...]:
    """Return the features of a word by itself, as ``family=value``."""
    form = shape(surface)
    features = [f"w={surface}", f"p={pos}", f"s={form}"]
    if form not in {"mark", "hiragana", "digits"}:
        lowered = surface.lower()
        features += [
            f"a={lowered[:2]}",
            f"z={lowered[-2:]}",
            f"b={lowered[:3]}",
            f"y={lowered[-3:]}",
        ]
        features.append(f"l={min(len(surface), 8)}|{form}")
    if form in {"alnum", "Mixed", "UPPER"}:
        features.append(f"c={_collapsed(surface)}")
    if surface in _NAME_SUFFIXES:
        features.append("t=1")
    return tuple(features)


def _collapsed(surface: str) -> str:
    """Return the pattern of a Latin word: ``Qwen3-VL`` is ``Aa0-A``."""
    for run, letter in _RUNS:
        surface = run.sub(letter, surface)
    return surface


def window_features(surface: str, pos: str, evidence: str) -> tuple[str, ...]:
    """Return what a word is for the words around it and itself, the place left open."""
    return (*word_features(surface, pos), f"d={evidence}")


def pair_features(
    first_pos: str, first_evidence: str, second_pos: str, second_evidence: str
) -> tuple[str, str]:
    """Return the features of a word and the one before it together."""
    return (
        f"{POS_PAIR}={first_pos}|{second_pos}",
        f"{EVIDENCE_PAIR}={first_evidence}|{second_evidence}",
    )


def split_pair(feature: str) -> tuple[str, str, str]:
    """Return the family of one of :func:`pair_features`, and what it says of the two words."""
    family, _, values = feature.partition("=")
    first, _, second = values.partition("|")
    return family, first, second


def _at(offset: int, features: tuple[str, ...]) -> tuple[str, ...]:
    if abs(offset) > 1:
        features = tuple(f for f in features if f.partition("=")[0] in _OUTER_FAMILIES)
    return tuple(f"{offset}:{feature}" for feature in features)


def sentence_features(
    surfaces: Sequence[str], pos: Sequence[str], evidence: Sequence[str]
) -> list[list[str]]:
    """Return every word's features, the whole window; used in training."""
    words = [window_features(*word) for word in zip(surfaces, pos, evidence, strict=True)]
    outside = window_features(OUTSIDE, OUTSIDE, OUTSIDE)
    rows = []
    for index in range(len(words)):
        row: list[str] = []
        for offset in OFFSETS:
            other = index + offset
            row.extend(_at(offset, words[other] if 0 <= other < len(words) else outside))
        before = index - 1
        first = (pos[before], evidence[before]) if index else (OUTSIDE, OUTSIDE)
        row.extend(pair_features(*first, pos[index], evidence[index]))
        rows.append(row)
    return rows
