"""What holds for every text and every number."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from case_rows import CASES, Case, read_cases
from fuzz import IN_CONTEXT
from jijitsu.article import Article, ArticleError
from jijitsu.dates.read import read_dates
from jijitsu.kinds import AnyFact, DateFact, dump_fact
from jijitsu.markup import find_regions
from jijitsu.numbers.parameters import has_model_context
from jijitsu.numbers.read import read_numbers
from jijitsu.numbers.scan import scan
from jijitsu.pipeline import Pipeline
from jijitsu.resolve import resolve
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from strategies import (
    any_text,
    fragments,
    full_width,
    numbers,
    plain_text,
    positional,
    surrogate_text,
    written_numbers,
)

PUBLISHED = datetime.date(2025, 9, 25)
ROWS = [
    row
    for path in sorted(CASES.glob("*.tsv"))
    if path.name not in {"numbers.tsv", "known_failures.tsv"}
    for row in read_cases(path)
]

_INLINE = [("<b>", "</b>"), ('<a href="/2025/9/24">', "</a>"), ("**", "**"), ("<!-- 3 -->", "")]


def _facts(
    pipeline: Pipeline, text: str, published: datetime.date | None = PUBLISHED
) -> list[AnyFact]:
    article = Article(id="a", source="a", text=text, published=published)
    return list(pipeline.extract(article).facts)


# Numbers


@given(written_numbers())
def test_a_written_number_scans_as_itself(written: tuple[int, str]) -> None:
    number, text = written
    (found,) = scan(normalize(text).norm)
    assert (found.start, found.end) == (0, len(text))
    assert found.value.low == found.value.high == number


@given(numbers)
def test_positional_kanji_scan_as_their_digits(number: int) -> None:
    (found,) = scan(positional(number))
    assert found.value.low == found.value.high == number


@given(st.decimals("0.01", 9999, places=2), st.sampled_from(["万", "億", "兆"]))
def test_a_decimal_with_scale_is_exact(mantissa: Decimal, unit: str) -> None:
    (found,) = scan(f"{mantissa}{unit}")
    assert found.value.low == mantissa * {"万": 10**4, "億": 10**8, "兆": 10**12}[unit]


@given(written_numbers())
def test_a_written_amount_is_one_fact(pipeline: Pipeline, written: tuple[int, str]) -> None:
    number, text = written
    (fact,) = _facts(pipeline, f"受注額は{text}円だった。")
    assert fact.kind == "money"
    assert fact.text == f"{text}円"
    assert Decimal(fact.low or 0) == Decimal(fact.high or 0) == number


@given(written_numbers(), written_numbers())
def test_a_range_of_amounts_is_one_fact(
    pipeline: Pipeline, first: tuple[int, str], second: tuple[int, str]
) -> None:
    low, high = sorted([first, second])
    (fact,) = _facts(pipeline, f"受注額は{low[1]}円～{high[1]}円だった。")
    assert fact.kind == "money"
    assert Decimal(fact.low or 0) == low[0]
    assert Decimal(fact.high or 0) == high[0]


# Text


@given(st.one_of(any_text, surrogate_text))
@example("---\ntitle: a\n---\n")
@example("<b>ﾄﾞ")
def test_spans_lead_back_into_the_raw_text(raw: str) -> None:
    text = normalize(raw)
    spans = [text.raw_span(position, position + 1) for position in range(len(text.norm))]
    for start, end in spans:
        assert 0 <= start < end <= len(raw)
    assert spans == sorted(spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)
    for position in range(len(spans) - 1):
        assert text.raw_span(position, len(spans)) == (spans[position][0], spans[-1][1])


@given(plain_text)
def test_plain_text_is_normalized_as_nfkc(raw: str) -> None:
    assert normalize(raw).norm == unicodedata.normalize("NFKC", raw).rstrip()


@pytest.mark.parametrize("written", ["&#9;", "&#x9;", "&#13;", "&nbsp;", "&#x3000;", "\t"])
def test_a_blank_is_one_however_it_is_written(written: str) -> None:
    assert normalize(f"AI{written}で").norm == "AI で"


@given(st.sampled_from(ROWS))
def test_full_width_text_reads_the_same(row: Case) -> None:
    if not find_regions(row.text):
        assert normalize(full_width(row.text)).norm == normalize(row.text).norm


@given(st.sampled_from(ROWS), st.integers(0, 60), st.integers(0, 60), st.sampled_from(_INLINE))
def test_inline_markup_runs_through(row: Case, start: int, end: int, tags: tuple[str, str]) -> None:
    text, (opening, closing) = row.text, tags
    start, end = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    assume(not find_regions(text))
    marked = text[:start] + opening + text[start:end] + closing + text[end:]
    assert normalize(marked).norm == normalize(text).norm


@given(st.one_of(any_text, surrogate_text))
@example("\0ﾟ千葉")
@example("\ud800\u3099千葉")
def test_tokens_rebuild_the_text(raw: str) -> None:
    norm = normalize(raw).norm
    tokens = Tokens(norm)
    position = 0
    for index in range(len(tokens)):
        for token in tokens.chunk(index):
            assert token.start < token.end
            assert not norm[position : token.start].strip()
            assert norm[token.start : token.end] == token.surface
            position = token.end
    assert not norm[position:].strip()


def test_a_long_line_is_tokenized_whole() -> None:
    norm = "三千億円の投資だ。" * 1000 + "七" * 5000
    tokens = Tokens(norm)
    surfaces = [token.surface for index in range(len(tokens)) for token in tokens.chunk(index)]
    assert "".join(surfaces) == norm


# Stages


@given(st.one_of(any_text, surrogate_text), st.one_of(st.none(), st.just(PUBLISHED)))
def test_stages_take_any_text(raw: str, published: datetime.date | None) -> None:
    text = normalize(raw)
    tokens = Tokens(text.norm)
    dates, taken = read_dates(text.norm, tokens, published)
    mentions = resolve([*dates, *read_numbers(text.norm, tokens, taken)])
    assert mentions == sorted(mentions, key=lambda mention: (mention.start, mention.end))
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text.norm)
        end = mention.end


@given(any_text)
def test_facts_stand_in_the_article(pipeline: Pipeline, raw: str) -> None:
    facts = _facts(pipeline, raw)
    assert facts == sorted(facts, key=lambda fact: (fact.start, fact.end))
    for fact in facts:
        assert fact.text == raw[fact.start : fact.end]
        assert fact.text.strip() == fact.text


@given(surrogate_text)
def test_lone_surrogates_are_refused(pipeline: Pipeline, raw: str) -> None:
    with pytest.raises(ArticleError, match="Unicode"):
        _facts(pipeline, raw + "\udc80")


@given(st.one_of(fragments, st.sampled_from([row.text for row in ROWS])), st.dates())
@example("来年度末と9999年後、10年前", datetime.date.max)
@example("昨年と10年前、先々週", datetime.date.min)
def test_any_day_of_publication_will_do(
    pipeline: Pipeline, text: str, published: datetime.date
) -> None:
    for fact in _facts(pipeline, text, published):
        if isinstance(fact, DateFact):
            assert fact.first <= fact.last


@given(st.one_of(fragments, st.sampled_from([row.text for row in ROWS])))
def test_the_same_article_gives_the_same_facts(pipeline: Pipeline, text: str) -> None:
    assert _facts(pipeline, text) == _facts(pipeline, text) == _facts(Pipeline(ner="none"), text)


# Dates say something about those that follow, front matter stands at the top only, and the
# mention of a model makes counts of numbers with a B.
_INDEPENDENT = [
    row.text
    for row in ROWS
    if "date" not in row.kinds
    and row.published == PUBLISHED
    and not row.text.startswith(("---", "+++"))
]


@given(st.sampled_from(_INDEPENDENT), st.sampled_from(_INDEPENDENT))
def test_sentences_do_not_disturb_each_other(pipeline: Pipeline, first: str, second: str) -> None:
    assume(has_model_context(first) == has_model_context(second))
    joint = "。\n"
    offset = len(first) + len(joint)
    alone = [_shifted(fact, 0) for fact in _facts(pipeline, first)]
    alone += [_shifted(fact, offset) for fact in _facts(pipeline, second)]
    together = _facts(pipeline, first + joint + second)
    assert [_shifted(fact, 0) for fact in together] == alone


def _shifted(fact: AnyFact, offset: int) -> dict[str, object]:
    """Return what a fact says by itself, moved."""
    values = dump_fact(fact)
    return {
        **{key: values[key] for key in values if key not in IN_CONTEXT},
        "start": fact.start + offset,
        "end": fact.end + offset,
    }
