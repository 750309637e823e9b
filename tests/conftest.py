"""What the tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

from jijitsu.pipeline import Pipeline

# The first call builds tables and tagger, and a shared machine has slow moments: no deadline.
settings.register_profile("jijitsu", deadline=None, derandomize=True, max_examples=250)
# For a long search by hand: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5_000)
settings.load_profile("jijitsu")

# Programs that made the files there, with tools that are not installed here.
collect_ignore = ["annotators"]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """Return a pipeline for numbers and dates alone."""
    return Pipeline(ner="none")
