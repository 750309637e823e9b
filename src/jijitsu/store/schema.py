"""The tables of a database of facts.

``articles`` own ``facts``, which own ``conversions`` and ``links``: who deletes an article
deletes all that is said of it (SQLite: with ``PRAGMA foreign_keys = ON``).  ``entities`` are
shared; a name stays there when its last mention goes.  Parquet has the same tables but
``runs``.  In SQLite the tables with keys of text are kept in the order of these keys (``WITHOUT
ROWID``), which saves a second tree.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from jijitsu.store.exact import Exact

VERSION = 2
"""The version of these tables; :mod:`jijitsu.store.migrations` leads there from older ones."""

METADATA = MetaData()

# SQLite gives only an INTEGER key its numbers.
_RUN_ID = BigInteger().with_variant(Integer, "sqlite")
_DIGEST = String(64)

SCHEMA_VERSION = Table("schema_version", METADATA, Column("version", Integer, nullable=False))

RUNS = Table(
    "runs",
    METADATA,
    Column("id", _RUN_ID, primary_key=True),
    Column("version", Text, nullable=False, comment="of jijitsu"),
    Column("settings", Text, nullable=False, comment="JSON"),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("ended", DateTime(timezone=True), comment="null while it runs, or where it broke off"),
    *(
        Column(name, BigInteger)
        for name in ("new", "changed", "skipped", "rejected", "facts", "characters")
    ),
)

ARTICLES = Table(
    "articles",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("sha256", _DIGEST, nullable=False, comment="of the decoded text in UTF-8"),
    Column("published", Date, index=True),
    Column("title", Text),
    Column("characters", Integer, nullable=False),
    Column("fingerprint", _DIGEST, nullable=False, comment="of content, metadata and extractor"),
    Column("run_id", ForeignKey(RUNS.c.id), nullable=False, comment="the run that wrote it"),
    sqlite_with_rowid=False,
)

ENTITIES = Table(
    "entities",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)


def _article_id() -> Column[str]:
    return Column("article_id", Text, primary_key=True)


def _of_fact(*columns: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(columns, ["facts.article_id", "facts.id"], ondelete="CASCADE")


FACTS = Table(
    "facts",
    METADATA,
    _article_id(),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("span_start", Integer, nullable=False, comment="in code points of the article"),
    Column("span_end", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("mod", Text),
    Column("low", Exact),
    Column("high", Exact),
    Column("currency", String(3), comment="ISO 4217"),
    Column("deviation", Exact, comment="of the article's own conversion from ours, in percent"),
    Column("unconverted", Text, comment="why there is no conversion"),
    Column("predicate", Text),
    Column("predicate_confidence", Double),
    Column("subject_confidence", Double),
    Column("role", Text, comment="of a parameter count: total or active"),
    Column("unit", Text, comment="of a quantity"),
    Column("value", Text, comment="TIMEX3's, of a date or a duration"),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("type", Text, comment="of an entity"),
    Column("type_confidence", Double),
    Column("entity_id", ForeignKey(ENTITIES.c.id), index=True),
    ForeignKeyConstraint(["article_id"], [ARTICLES.c.id], ondelete="CASCADE"),
    Index("ix_facts_kind", "kind", "currency"),
    sqlite_with_rowid=False,
)

CONVERSIONS = Table(
    "conversions",
    METADATA,
    _article_id(),
    Column("fact_id", Text, primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("low", Exact),
    Column("high", Exact),
    Column("rate", Exact, nullable=False, comment="units of it for one unit of the fact's own"),
    Column("rate_date", Date, nullable=False),
    Column("rate_source", Text, nullable=False),
    Column("note", Text),
    _of_fact("article_id", "fact_id"),
    Index("ix_conversions_currency", "currency", "low"),
    sqlite_with_rowid=False,
)

LINKS = Table(
    "links",
    METADATA,
    _article_id(),
    Column("fact_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True, comment="subject, equivalent, participant or when"),
    Column("target_id", Text, primary_key=True, comment="another fact of the article"),
    _of_fact("article_id", "fact_id"),
    _of_fact("article_id", "target_id"),
    sqlite_with_rowid=False,
)

OF_AN_ARTICLE = (ARTICLES, FACTS, CONVERSIONS, LINKS)
"""The tables whose rows are each of one article, owners first."""
