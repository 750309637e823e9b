"""What an amount is: the features of its context that speak for a predicate."""

from __future__ import annotations

from collections.abc import Iterable

from jijitsu.attribution.context import Place
from jijitsu.attribution.cues import Cue

# How many words on each side are looked at, and how far a cue is near or in reach.
_REACH = 3
_NEAR, _MIDDLE = 5, 15
# How many sentences back a cue is sought where the amount's own has none before it.
_BACK = 3
_CENTS = {"JPY": 2, "KRW": 3}
_LARGE, _MEDIUM = 6, 3


def predicate_features(place: Place) -> list[str]:
    """Return the features of an amount, each of them told once."""
    features = ["bias", f"kind={place.sentence.kind}"]
    features += _size(place)
    features += _neighbours(place)
    features += _governor(place)
    features += _sentence_cues(place)
    features += _outer_cues(place)
    return list(dict.fromkeys(features))


def _size(place: Place) -> list[str]:
    """The order of magnitude tells a price from an investment."""
    values = place.amount.mentions[0].values
    number = values["high"] if values["low"] is None else values["low"]
    digits = number.adjusted() - _CENTS.get(values["currency"], 0) if number else 0
    scale = "large" if digits > _LARGE else "medium" if digits > _MEDIUM else "small"
    return [f"size={digits}", f"scale={scale}"]


def _neighbours(place: Place) -> list[str]:
    after = [item.word for item in place.items[place.behind : place.behind + _REACH]]
    before = [item.word for item in place.items[max(0, place.first - _REACH) : place.first]]
    after.append("</s>")
    before = [*reversed(before), "<s>"]
    found = [f"a{number}={word}" for number, word in enumerate(after[:_REACH])]
    found += [f"b{number}={word}" for number, word in enumerate(before[:_REACH])]
    found.append(f"ab={after[0]}|{before[0]}")
    return found


def _governor(place: Place) -> list[str]:
    context, governor, topic = place.context, place.governor, place.topic
    topic_cue = "-"
    found = []
    if topic is not None:
        topic_cue = _last(context.cues(topic.start, topic.end))
        found += [f"topic={topic.head}", f"topic-cue={topic_cue}"]
    if governor is not None:
        relation, head = governor.relation, governor.head
        cue = _last(context.cues(governor.start, governor.end))
        found += [
            f"gov={relation}",
            f"gov={relation}|{head}",
            f"gov-head={head}",
            f"gov-cue={cue}",
            f"gov-cue={relation}|{cue}",
            f"gov-topic={relation}|{topic_cue}",
            f"gov-topic={head}|{topic_cue}",
        ]
    return found


def _sentence_cues(place: Place) -> list[str]:
    cues = place.context.cues_of(place.index)
    before = [cue for cue in cues if cue.end <= place.amount.start]
    after = [cue for cue in cues if cue.start >= place.amount.end]
    found = [f"cue={cue.predicate}" for cue in cues]
    found += [f"word={cue.word}" for cue in cues]
    if before:
        found += _near("before", before[-1], place.amount.start - before[-1].end)
    if after:
        found += _near("after", after[0], after[0].start - place.amount.end)
        found += [f"last={after[-1].predicate}", f"last={after[-1].word}"]
    found += [f"before2={cue.predicate}" for cue in before[-2:-1]]
    found += [f"after2={cue.predicate}" for cue in after[1:2]]
    found.append(f"around={_last(before)}|{_first(after)}")
    if not cues:
        found.append("no-cue")
    if not before:
        found += _carried(place, bool(after))
    return found


def _near(side: str, cue: Cue, distance: int) -> list[str]:
    reach = "near" if distance <= _NEAR else "middle" if distance <= _MIDDLE else "far"
    return [
        f"{side}={cue.predicate}",
        f"{side}={cue.word}",
        f"{side}={cue.predicate}|{reach}",
        f"{side}={cue.word}|{reach}",
    ]


def _carried(place: Place, more: bool) -> list[str]:  # noqa: FBT001  one call
    """Return what the nearest sentence before with a cue says last."""
    for back in range(1, min(_BACK, place.index) + 1):
        cues = place.context.cues_of(place.index - back)
        if cues:
            said = cues[-1].predicate
            return [f"carried={said}", f"carried{back}={said}|{more}"]
    return []


def _outer_cues(place: Place) -> list[str]:
    """Return what stands above: label, cell headings, list intro, heading, title."""
    context = place.context
    found = []
    if place.index:
        found += _told("previous", context.cues_of(place.index - 1)[-2:])
        found += _told("title", context.cues_of(0))
    label = _label(place)
    if label:
        found += [f"label={label[-1].predicate}", f"label={label[-1].word}"]
    if place.cell is not None:
        if place.cell.column_heading is not None:
            found += _told("column", context.cues(*place.cell.column_heading))
        if place.cell.row_heading is not None:
            found += _told("row", context.cues(*place.cell.row_heading))
    if place.intro is not None:
        found += _told("intro", context.cues_of(place.intro)[-3:])
    if place.heading is not None:
        found += _told("heading", context.cues_of(place.heading))
    return found


def _label(place: Place) -> list[Cue]:
    """Return the cues of what names the amount: its cell's headings, else what ends in a colon."""
    context = place.context
    if place.cell is None:
        colon = context.norm.rfind(":", place.sentence.start, place.amount.start)
        return context.cues(place.sentence.start, colon) if colon >= 0 else []
    for span in (place.cell.column_heading, place.cell.row_heading):
        if span is not None and (cues := context.cues(*span)):
            return cues
    return []


def _told(where: str, cues: Iterable[Cue]) -> list[str]:
    return [f"{where}={cue.predicate}" for cue in cues]


def _last(cues: list[Cue]) -> str:
    return cues[-1].predicate if cues else "-"


def _first(cues: list[Cue]) -> str:
    return cues[0].predicate if cues else "-"
