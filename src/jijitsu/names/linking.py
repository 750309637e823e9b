"""The name that all mentions of one thing share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any

from jijitsu.model import Mention
from jijitsu.names.consistency import Name
from jijitsu.names.table import EntityTable, Form, entity_table

# How many persons of an article a surname is compared with.
_PERSONS = 500
_CLOSED = ")」』"
_GLOSS = re.compile(r"[」』]?\s?[(「『]\s?(?:以下、?|略称|旧|通称)?\s?$")


def linked(norm: str, names: Sequence[Name]) -> list[Mention]:
    """Return the names as mentions, each with its shared name.

    That is the entity table's, else the name of what stands right before it with this one
    in brackets (ソフトバンクグループ（SBG）), else a fuller name of the article that begins
    or ends with it (孫正義 for 孫), else its own form.  Mentions of one surface and type share
    their values.
    """
    table = entity_table()
    by_surface: dict[tuple[str, str], str] = {}
    for name in names:
        surface = norm[name.start : name.end]
        form = _form(table, surface)
        if form is not None and form.entity.type == name.type:
            by_surface.setdefault((surface, name.type), form.entity.name)
    _add_glosses(norm, names, by_surface)
    persons = {
        norm[n.start : n.end]: by_surface.get((norm[n.start : n.end], n.type))
        for n in names
        if n.type == "person"
    }
    fuller = {surface: _fuller(surface, shared, persons) for surface, shared in persons.items()}
    values: dict[tuple[str, str], dict[str, Any]] = {}
    mentions = []
    for start, end, kind in names:
        key = norm[start:end], kind
        if key not in values:
            shared = (fuller[key[0]] if kind == "person" else by_surface.get(key)) or key[0]
            values[key] = {
                "type": kind,
                "name": shared,
                "entity_id": table.id_of(shared, kind),
            }
        mentions.append(Mention("entity", start, end, values[key]))
    return mentions


def _form(table: EntityTable, surface: str) -> Form | None:
    return table.form(surface) or (table.form(surface.lower()) if surface.isascii() else None)


def _add_glosses(norm: str, names: Sequence[Name], by_surface: dict[tuple[str, str], str]) -> None:
    for first, second in pairwise(names):
        gap = norm[first.end : second.start]
        if first.type != second.type or not _GLOSS.fullmatch(gap):
            continue
        one, other = norm[first.start : first.end], norm[second.start : second.end]
        known = by_surface.get((one, first.type)), by_surface.get((other, second.type))
        if (
            all(known)
            or first.type == "location"
            or norm[second.end : second.end + 1] not in _CLOSED
        ):
            # Two things that the table tells apart, or a place and what it lies in.
            continue
        shared = known[0] or known[1] or one
        by_surface.setdefault((one, first.type), shared)
        by_surface.setdefault((other, second.type), shared)


def _fuller(surface: str, shared: str | None, persons: dict[str, str | None]) -> str | None:
    """Return the name of the person of the article whose full name this surname is part of."""
    for full, name in islice(persons.items(), _PERSONS):
        if len(full) > len(surface) and (full.startswith(surface) or full.endswith(surface)):
            return name or full
    return shared
