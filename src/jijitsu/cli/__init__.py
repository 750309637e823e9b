"""The command line, ``jijitsu``: one file per command."""

from __future__ import annotations

import io
import signal
import sys

import typer

from jijitsu.cli.evaluate import evaluate
from jijitsu.cli.export import export
from jijitsu.cli.extract import extract
from jijitsu.cli.html_report import report
from jijitsu.cli.import_ import import_
from jijitsu.cli.ingest import ingest
from jijitsu.cli.lint import lint
from jijitsu.cli.mark import mark, unmark
from jijitsu.cli.merge import merge
from jijitsu.cli.schema import schema
from jijitsu.cli.show import show

app = typer.Typer(
    help="Facts, with their source spans, from Japanese technology news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    *(extract, ingest, merge, report, show, schema),
    *(evaluate, mark, unmark, lint, export),
):
    app.command()(command)
app.command("import")(import_)  # its own name is a keyword


def main() -> None:
    """Run the command line."""
    if hasattr(signal, "SIGPIPE"):
        # Whoever closes our output (head, less) has seen enough; that is no error of ours.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may lack characters
            stream.reconfigure(errors="replace")
    app(prog_name="jijitsu")
