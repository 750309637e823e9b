"""The table of entities: every form of a name, with its type and the name forms share."""

from __future__ import annotations

import functools
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple, get_args

from jijitsu.kinds import EntityType
from jijitsu.tables import TableError, load_rows
from jijitsu.text import fold

_FOLDER = "entities"
_COLUMNS = ("name", "type", "forms", "context")
_AMBIGUOUS = "?"
_TYPES = frozenset(get_args(EntityType))
_NO_LETTERS = re.compile("[^0-9a-zà-öø-ɏぁ-ヿ一-龥]+")
# Latin forms this long also match in another case; shorter ones are too often other words.
CASELESS_LENGTH = 5
# So many characters say which forms may stand at a place.
BEGINNING = 3


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


Row = tuple[str, ...]
"""A row as it was read, by its columns."""


@dataclass(frozen=True, slots=True)
class EntityTable:
    """All forms, by surface as normalized, with the lengths there are per beginning.

    An article needs few of the entities: they, and their forms, are made when first asked for.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    """A form's surface, of long Latin ones in lower case too → the row that it stands in."""
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """A form's first :data:`BEGINNING` characters (lower case), or all of a shorter one →
    lengths of the forms that begin so, longest first."""
    beginnings: set[str] = field(default_factory=set)
    """The first two characters (lower case) of all forms that are longer than one: most words
    begin with none of them, and one character alone is never looked for."""
    named: dict[tuple[str, str], Row] = field(default_factory=dict)
    """Shared name and type → the row of the entity."""
    _forms: dict[str, Form] = field(default_factory=dict)
    _entities: dict[Row, Entity] = field(default_factory=dict)

    def id_of(self, name: str, kind: str) -> str | None:
        """Return the id of the entity with this shared name and type, if the table has it."""
        row = self.named.get((name, kind))
        return None if row is None else self._entity(row).id

    def form(self, surface: str) -> Form | None:
        """Return the form that is written so, if the table has it."""
        row = self.rows.get(surface)
        return None if row is None else self._form(surface, row)

    def _form(self, surface: str, row: Row) -> Form:
        if surface not in self._forms:
            written = dict(reversed(_surfaces(row)))[surface]
            ambiguous = written.startswith(_AMBIGUOUS)
            form = Form(written.removeprefix(_AMBIGUOUS), self._entity(row), ambiguous)
            self._forms[surface] = form
        return self._forms[surface]

    def _entity(self, row: Row) -> Entity:
        if row not in self._entities:
            name, kind, _, context = row
            words = tuple(filter(None, context.split(";")))
            self._entities[row] = Entity(name, kind, words)  # type: ignore[arg-type]
        return self._entities[row]

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
                surface = norm[position:end]
                row = self.rows.get(surface)
                if row is None and caseless and length >= CASELESS_LENGTH:
                    surface = lowered[position:end]
                    row = self.rows.get(surface)
                if row is not None:
                    found.append((end, self._form(surface, row)))
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
                for row in load_rows(f"{_FOLDER}/{file.name}", _COLUMNS):
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


def _add(table: EntityTable, file: str, row: Row) -> None:
    name, kind, _, _ = row
    if kind not in _TYPES:
        raise TableError(file, name, f"unknown type {kind!r}")
    surfaces = _surfaces(row)
    if not surfaces or not name:
        raise TableError(file, name, "a row needs a name and forms")
    table.named[name, kind] = row
    claim = table.rows.setdefault
    for surface, written in surfaces:
        if claim(surface, row) is not row:
            form = written.removeprefix(_AMBIGUOUS)
            raise TableError(file, name, f"{form!r} stands in another row too")


def _surfaces(row: Row) -> list[tuple[str, str]]:
    """Return what the forms of a row are found by, each with the form as it is written."""
    _, _, forms, _ = row
    surfaces = []
    for written in fold(forms).split(";"):
        if written:
            surface = written.removeprefix(_AMBIGUOUS)
            surfaces.append((surface, written))
            if len(surface) >= CASELESS_LENGTH and surface.isascii():
                surfaces.append((surface.lower(), written))
    return surfaces


def _index(table: EntityTable) -> None:
    """Note how forms begin, and how long those are that begin so."""
    lengths = table.lengths
    for surface in table.rows:
        beginning, length = surface[:BEGINNING].lower(), len(surface)
        known = lengths.get(beginning, ())
        if length not in known:
            lengths[beginning] = (*known, length)
    for beginning, found in lengths.items():
        if len(found) > 1:
            lengths[beginning] = tuple(sorted(found, reverse=True))
    table.beginnings.update(one[:2] for one in lengths if len(one) > 1)
