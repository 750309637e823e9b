"""A real Ray cluster on this machine: its results are those of one machine, past a lost node."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from ingests import MANY, count, start, summary_of, wait_for
from jijitsu import Article, Pipeline
from stores import SQLITE

pytestmark = pytest.mark.heavy

SLOW = ("--batch", "20", "--engine", "ray")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Return a cluster of a head without work and two nodes of one core each."""
    try:
        from ray.cluster_utils import Cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        pytest.fail("Ray is not installed, and --all skips nothing")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    made.nodes = [made.add_node(num_cpus=1), made.add_node(num_cpus=1)]
    made.wait_for_nodes()
    yield made
    made.shutdown()


def test_a_node_that_is_lost_on_the_way(many: Path, cluster: Any) -> None:
    undisturbed = many / "undisturbed"
    undisturbed.mkdir()
    command = ("many.jsonl", "--ner", "none")
    run("ingest", *command, "--to", SQLITE.address(undisturbed), cwd=many)
    with start(many, *command, *SLOW, "--address", cluster.address) as process:
        wait_for(lambda: count(many), process)
        assert count(many) < MANY
        cluster.remove_node(cluster.nodes[1], allow_graceful=False)
        _, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert b"a worker died" in stderr
    assert SQLITE.state(many) == SQLITE.state(undisturbed)
    again = run("ingest", *command, *SLOW, "--address", cluster.address, cwd=many)
    assert summary_of(again).startswith(f"articles new 0, changed 0, skipped {MANY:,}, rejected 0")


PIPELINE = """
import datetime, json, sys
import pyarrow as pa, ray
import jijitsu.ray

ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
rows = [{"id": f"row{n}", "text": f"来月、{n + 1}億円を投じる。", "published": "2025-09-24"} for n in range(300)]
rows[7] |= {"text": None}
rows[8] |= {"published": "soon"}
dataset = jijitsu.ray.extract(ray.data.from_arrow(pa.Table.from_pylist(rows)), ner="none", workers=2)
json.dump(sorted(dataset.take_all(), key=lambda row: int(row["id"][3:])), open(sys.argv[1], "w"))
"""


def test_a_pipeline_of_ones_own(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    done = subprocess.run(
        [sys.executable, "-c", PIPELINE, str(output)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = json.loads(output.read_text())
    assert len(rows) == 300
    assert {row["id"] for row in rows if row["error"]} == {"row7", "row8"}
    pipeline = Pipeline(ner="none")
    for row in rows[:5]:
        article = Article(
            id=row["id"], source=row["id"], text=row["text"], published=datetime.date(2025, 9, 24)
        )
        assert row["result"] == pipeline.extract(article).to_json()
