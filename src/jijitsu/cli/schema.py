# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu schema``."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of one line of output."""
    import json

    from jijitsu.kinds import ArticleFacts

    described = ArticleFacts.model_json_schema(mode="serialization")
    typer.echo(json.dumps(described, ensure_ascii=False, indent=2))
