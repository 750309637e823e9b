"""Entity swapping: the same sentences about others, so that the tagger learns contexts."""

from __future__ import annotations

import random
from collections import defaultdict

from jijitsu.names.scripts import script
from jijitsu.names.table import Form, entity_table
from training.examples import GoldArticle


def forms_by_kind() -> dict[tuple[str, str], list[Form]]:
    """Return the table's clear forms by type and script."""
    groups: dict[tuple[str, str], list[Form]] = defaultdict(list)
    table = entity_table()
    for surface in sorted(table.rows):
        form = table.form(surface)
        if form and surface == form.surface and not form.ambiguous and len(surface) > 1:
            groups[form.entity.type, script(surface)].append(form)
    return groups


def swapped(
    article: GoldArticle, groups: dict[tuple[str, str], list[Form]], rng: random.Random
) -> GoldArticle:
    """Return the article with most names replaced, one for one, by others of their kind."""
    replacement: dict[tuple[str, str], Form] = {}
    pieces: list[str] = []
    names: list[tuple[int, int, str, str]] = []
    position = length = 0
    for start, end, kind, name in sorted(article.names):
        if start < position:
            continue
        surface = article.text[start:end]
        group = groups.get((kind, script(surface)), [])
        chosen = replacement.get((kind, surface))
        if chosen is None and group and rng.random() < 0.8:  # noqa: PLR2004
            chosen = replacement[kind, surface] = rng.choice(group)
        written, new_name = (chosen.surface, chosen.entity.name) if chosen else (surface, name)
        before = article.text[position:start]
        pieces += [before, written]
        length += len(before)
        names.append((length, length + len(written), kind, new_name))
        length += len(written)
        position = end
    pieces.append(article.text[position:])
    return GoldArticle(f"{article.id}~", "".join(pieces), names)
