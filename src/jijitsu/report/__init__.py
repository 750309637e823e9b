"""A page of HTML that shows articles and their facts: one file, no network, nothing to install.

Data and program are apart: all that comes from articles is JSON in a block that is no
program, and the page's own program writes it as text, never as markup.  A content security
policy allows this program and this style sheet alone, by their hashes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.metadata import version
from string import Template
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.report.view import View, complete, to_data

_SCRIPTS = ("words.js", "format.js", "state.js", "article.js", "card.js", "table.js", "totals.js",
            "page.js")  # fmt: skip
# In a string of JSON these could end the block that holds it, or begin a comment.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_FRAME_HEIGHT = 560


def render(
    views: Sequence[View], failed: Iterable[ArticleError] = (), *, title: str = "jijitsu"
) -> str:
    """Return the page; ``failed`` are the articles that could not be read."""
    style, script = _assets()
    return Template(_read("page.html")).substitute(
        title=html.escape(title),
        version=version("jijitsu"),
        policy=f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        data=_as_json(to_data(views, failed)),
    )


def embed(view: View) -> str:
    """Return the page of one article for a notebook: a frame that nothing gets out of."""
    page = html.escape(render([view], title=view.result.document.id))
    return (
        f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="jijitsu" loading="lazy" '
        f'style="width:100%;height:{_FRAME_HEIGHT}px;border:0"></iframe>'
    )


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


@functools.cache
def _assets() -> tuple[str, str]:
    """Return the style sheet and the program, as they stand in the page."""
    program = "\n".join(_read(name) for name in _SCRIPTS)
    return _read("page.css"), f'"use strict";\n(() => {{\n{program}}})();\n'


def _read(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


__all__ = ["View", "complete", "embed", "render"]
