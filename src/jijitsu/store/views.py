"""Views for the usual questions.

=====================  ==============================================================
``money_usd``          every amount in US dollars, with its day, whose it is, and what
``company_month_usd``  amounts in US dollars by company, month and predicate
``model_parameters``   parameter counts by model
``entity_timeline``    the articles that name an entity, by day of publication
=====================  ==============================================================

Whose an amount is, and which model a count is of, is said by the links of kind ``subject``.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_MONTH = {"sqlite": "strftime('%Y-%m', {})", "postgresql": "to_char({}, 'YYYY-MM')"}

_SUBJECT = """
LEFT JOIN links ON links.article_id = facts.article_id AND links.fact_id = facts.id
  AND links.kind = 'subject'
LEFT JOIN facts AS subjects ON subjects.article_id = links.article_id
  AND subjects.id = links.target_id
LEFT JOIN entities ON entities.id = subjects.entity_id
"""

VIEWS = {
    "money_usd": """
SELECT facts.article_id, facts.id AS fact_id, articles.published,
  {month} AS month, entities.name AS company, facts.predicate, facts.text, facts.mod,
  CASE facts.currency WHEN 'USD' THEN facts.low ELSE conversions.low END AS low_usd,
  CASE facts.currency WHEN 'USD' THEN facts.high ELSE conversions.high END AS high_usd,
  facts.sentence
FROM facts
JOIN articles ON articles.id = facts.article_id
LEFT JOIN conversions ON conversions.article_id = facts.article_id
  AND conversions.fact_id = facts.id AND conversions.currency = 'USD'
{subject}
WHERE facts.kind = 'money' AND (facts.currency = 'USD' OR conversions.currency = 'USD')
""",
    "company_month_usd": """
SELECT company, month, predicate, count(*) AS mentions,
  count(DISTINCT article_id) AS articles,
  min(coalesce(low_usd, high_usd)) AS least_usd, max(coalesce(high_usd, low_usd)) AS most_usd
FROM money_usd
WHERE company IS NOT NULL
GROUP BY company, month, predicate
""",
    "model_parameters": """
SELECT entities.name AS model, facts.role, facts.low, facts.high, facts.mod,
  count(*) AS mentions, min(articles.published) AS first_published
FROM facts
JOIN articles ON articles.id = facts.article_id
{subject}
WHERE facts.kind = 'parameter_count' AND entities.name IS NOT NULL
GROUP BY entities.name, facts.role, facts.low, facts.high, facts.mod
""",
    "entity_timeline": """
SELECT entities.id AS entity_id, entities.name, entities.type, articles.published,
  articles.id AS article_id, articles.title, count(*) AS mentions
FROM facts
JOIN entities ON entities.id = facts.entity_id
JOIN articles ON articles.id = facts.article_id
GROUP BY entities.id, entities.name, entities.type,
  articles.published, articles.id, articles.title
""",
}
"""The query of each view, those before the ones that use them."""


def create_views(db: Connection) -> None:
    """Create the views, or put those of today into the place of older ones."""
    month = _MONTH[db.dialect.name].format("articles.published")
    for name in reversed(VIEWS):
        db.execute(text(f"DROP VIEW IF EXISTS {name}"))
    for name, query in VIEWS.items():
        db.execute(text(f"CREATE VIEW {name} AS {query.format(month=month, subject=_SUBJECT)}"))
