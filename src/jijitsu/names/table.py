"""The table of entities: every form of a name, with its type and the name forms share."""

from __future__ import annotations

import functools
import gc
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple, get_args

from jijitsu.kinds import EntityType
from jijitsu.tables import TableError, load_csv
from jijitsu.text import fold

_FOLDER = "entities"
_COLUMNS = ("name", "type", "forms", "context")
_AMBIGUOUS = "?"
_TYPES = frozenset(get_args(EntityType))
_NO_LETTERS = re.compile("[^0-9a-zà-öø-ɏぁ-ヿ一-龥]+")
# Latin forms this long also match in another case; shorter ones are too often other words.
CASELESS_LENGTH = 5
# So many characters say which forms may stand at a place.
BEGINNING = 4


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A row of the table; two rows are never the same entity.  ``context`` holds words of which one settles an ambiguous form."""

    name: str
    type: EntityType
    context: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return ``type/name``, the name in lower case with hyphens for all but letters."""
        return f"{self.type}/{_NO_LETTERS.sub('-', self.name.lower()).strip('-')}"


class Form(NamedTuple):
    """One way to write an entity; an ambiguous one asks for evidence in the article."""

    surface: str
    entity: Entity
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class EntityTable:
    """All forms, by surface as normalized, with the lengths there are per beginning."""

    forms: dict[str, Form] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """A form's first :data:`BEGINNING` characters (lower case), or all of a shorter one →
    lengths of the forms that begin so, longest first."""
    beginnings: set[str] = field(default_factory=set)
    """The first two characters (lower case) of all forms that are longer than one: most words
    begin with none of them, and one character alone is never looked for."""
    entities: dict[tuple[str, str], Entity] = field(default_factory=dict)
    """Shared name and type → the entity."""

    def id_of(self, name: str, kind: str) -> str | None:
        """Return the id of the entity with this shared name and type, if the table has it."""
        entity = self.entities.get((name, kind))
        return entity.id if entity else None

    def longest_at(self, norm: str, lowered: str, position: int) -> list[tuple[int, Form]]:
        """Return ``(end, form)`` of the forms that stand at ``position``, longest first.

        ``lowered`` is ``norm`` in lower case, of the same length.
        """
        found = []
        # Only Latin forms are kept in lower case too.
        caseless = lowered[position : position + 1].isascii()
        for size in range(BEGINNING, 1, -1):
            for length in self.lengths.get(lowered[position : position + size], ()):
                end = position + length
                if end > len(norm):
                    continue
                form = self.forms.get(norm[position:end])
                if form is None and caseless and length >= CASELESS_LENGTH:
                    form = self.forms.get(lowered[position:end])
                if form is not None:
                    found.append((end, form))
        return found


@functools.cache
def entity_table() -> EntityTable:
    """Return the table of the package's ``tables/entities/*.csv``.

    Raises:
        TableError: an unknown type, a row without forms, or a form that stands twice.
    """
    table = EntityTable()
    folder = resources.files("jijitsu.tables").joinpath(_FOLDER)
    with _no_collection():
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".csv"):
                for row in load_csv(f"{_FOLDER}/{file.name}", _COLUMNS):
                    _add(table, file.name, row)
        _index(table)
    return table


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from looking again and again at what will stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _add(table: EntityTable, file: str, row: dict[str, str]) -> None:
    name, kind, written_forms, written_context = row.values()
    if kind not in _TYPES:
        raise TableError(file, name, f"unknown type {kind!r}")
    written = [form for form in fold(written_forms).split(";") if form]
    if not written or not name:
        raise TableError(file, name, "a row needs a name and forms")
    context = tuple(filter(None, written_context.split(";"))) if written_context else ()
    entity = Entity(name, kind, context)  # type: ignore[arg-type]
    table.entities[name, kind] = entity
    for one in written:
        surface = one.removeprefix(_AMBIGUOUS)
        form = Form(surface, entity, one.startswith(_AMBIGUOUS))
        _claim(table, file, surface, form)
        if len(surface) >= CASELESS_LENGTH and surface.isascii():
            _claim(table, file, surface.lower(), form)


def _claim(table: EntityTable, file: str, key: str, form: Form) -> None:
    other = table.forms.setdefault(key, form)
    if other.entity is not form.entity:
        name = form.entity.name
        raise TableError(file, name, f"{form.surface!r} stands in another row too")


def _index(table: EntityTable) -> None:
    """Note how forms begin, and how long those are that begin so."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for surface in table.forms:
        lengths[surface[:BEGINNING].lower()].add(len(surface))
    table.beginnings.update(one[:2] for one in lengths if len(one) > 1)
    for beginning, values in lengths.items():
        table.lengths[beginning] = tuple(sorted(values, reverse=True))
