"""What :func:`jijitsu.extract` gives: facts together with their text."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from jijitsu.kinds import ArticleFacts


class Extraction(ArticleFacts):
    """The facts of one text, and the text; in a notebook they show themselves.

    ``text`` is no part of the output: :meth:`to_json` and ``model_dump`` leave it out.
    """

    text: Annotated[str, Field(exclude=True, repr=False)]

    def _repr_html_(self) -> str:
        from jijitsu.report import View, embed  # noqa: PLC0415 - only notebooks need it

        return embed(View(self, self.text))
