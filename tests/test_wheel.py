"""The package as others get it: built twice it is the same, and it works alone."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Any fixed moment: what is built may not hold the time at which it was.
_MOMENT = {"SOURCE_DATE_EPOCH": "1750000000"}

pytestmark = pytest.mark.heavy


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=os.environ | _MOMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _build(target: Path) -> dict[str, bytes]:
    """Return the name and bytes of the sdist and the wheel."""
    _run(sys.executable, "-m", "build", "--outdir", target, ROOT, cwd=ROOT)
    return {path.name: path.read_bytes() for path in sorted(target.iterdir())}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an sdist and a wheel."""
    folder = tmp_path_factory.mktemp("dist")
    _build(folder)
    return folder


def test_what_is_built_twice_is_the_same(built: Path, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in sorted(built.iterdir())}
    assert [name.rpartition(".")[2] for name in first] == ["whl", "gz"]
    assert _build(tmp_path) == first


def test_the_wheel_alone_extracts(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    (wheel,) = built.glob("*.whl")
    _run(
        programs / "pip", "install", "--quiet", "--disable-pip-version-check",
        "-c", ROOT / "constraints.txt", wheel,
        cwd=tmp_path,
    )  # fmt: skip
    (tmp_path / "a.txt").write_text("アリババは3800億元を投じる。", encoding="utf-8")
    line = _run(programs / "jijitsu", "extract", "a.txt", cwd=tmp_path)
    assert '"text":"アリババ"' in line
    assert '"text":"3800億元"' in line
    _run(programs / "pip", "check", cwd=tmp_path)
