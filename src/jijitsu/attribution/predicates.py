"""What an amount is: features of its context for the predicate."""

from __future__ import annotations

from jijitsu.attribution.context import Amount, Context
from jijitsu.attribution.cues import Cue

_REACH = 6
_NEAR, _FAR = 5, 15
_TOPICS = ("は", "が", "も", ":", "|")


def predicate_features(context: Context, amount: Amount) -> list[str]:
    """Return the features of an amount's context."""
    index, first, behind = context.places(amount)
    features = ["bias", *_size(amount)]
    features += _words(context, index, first, behind)
    features += _cues(context, amount, index)
    return features


def _size(amount: Amount) -> list[str]:
    """The order of magnitude tells a price from an investment."""
    values = amount.mentions[0].values
    number = values["high"] if values["low"] is None else values["low"]
    shift = {"JPY": 2, "KRW": 3}.get(values["currency"], 0)
    digits = number.adjusted() - shift if number else 0
    return [f"size={digits}", f"scale={'big' if digits > 6 else 'mid' if digits > 3 else 'small'}"]


def _words(context: Context, index: int, first: int, behind: int) -> list[str]:
    items = context.items(index)
    after = [item.word for item in items[behind : behind + _REACH]] + ["</s>"]
    before = [item.word for item in items[max(0, first - _REACH) : first]][::-1] + ["<s>"]
    found = []
    for side, words in (("a", after), ("b", before)):
        found += [f"{side}{place}={word}" for place, word in enumerate(words[:3])]
        found += [f"{side}={word}" for word in words]
        found.append(f"{side}01={'|'.join(words[:2])}")
        found.append(f"{side}012={'|'.join(words[:3])}")
    found.append(f"ab={after[0]}|{before[0]}")
    for place in range(first - 1, -1, -1):
        if items[place].word in _TOPICS and place:
            found.append(f"topic={items[place - 1].word}")
            break
    kind = context.sentence(index).kind
    found.append(f"kind={kind}")
    return found


def _cues(context: Context, amount: Amount, index: int) -> list[str]:
    sentence = context.sentence(index)
    found = []
    cues = context.cues_of(index)
    before = [cue for cue in cues if cue.end <= amount.start]
    after = [cue for cue in cues if cue.start >= amount.end]
    if before:
        found += _near("cb", before[-1], amount.start - before[-1].end)
    if len(before) > 1:
        found.append(f"cb2={before[-2].predicate}")
    if after:
        found += _near("ca", after[0], after[0].start - amount.end)
        found.append(f"cl={after[-1].predicate}")
        found.append(f"clw={after[-1].word}")
    if len(after) > 1:
        found.append(f"ca2={after[1].predicate}")
    found.append(f"cab={before[-1].predicate if before else '-'}|{after[0].predicate if after else '-'}")
    found += [f"cs={cue.predicate}" for cue in cues]
    found += [f"csw={cue.word}" for cue in cues]
    if index:
        found += [f"cp={cue.predicate}" for cue in context.cues_of(index - 1)[-2:]]
    heading = context.layout.heading(index)
    if heading is not None:
        found += [f"ch={cue.predicate}" for cue in context.cues_of(heading)]
    if index:
        found += [f"ct={cue.predicate}" for cue in context.cues_of(0)]
    cell = context.layout.cell(index, amount.start)
    if cell is not None:
        for name, span in (("cc", cell.column_heading), ("cr", cell.row_heading)):
            if span is not None:
                found += [f"{name}={cue.predicate}" for cue in context.cues(*span)]
    if not cues:
        found.append("nocue")
    if not before:
        for back in range(1, 4):
            told = context.cues_of(index - back) if index >= back else []
            if told:
                found += [f"fb={told[-1].predicate}", f"fb{back}={told[-1].predicate}|{bool(after)}"]
                break
    return found


def _near(name: str, cue: Cue, distance: int) -> list[str]:
    reach = "near" if distance <= _NEAR else "mid" if distance <= _FAR else "far"
    return [
        f"{name}={cue.predicate}",
        f"{name}w={cue.word}",
        f"{name}d={cue.predicate}|{reach}",
        f"{name}wd={cue.word}|{reach}",
    ]
