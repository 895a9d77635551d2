"""Every kind of installation finds the same examples and templates."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = [name for name in ("templates", "examples") if (ROOT / name).is_dir()]

FIND = """
import json, os, site, sys
from hashlib import sha256
site.addsitedir(sys.argv[1])  # reads the .pth file of an editable install
sys.path.insert(0, sys.argv[1])

def tree(entry, path=""):
    if entry.is_file():
        return {path: sha256(entry.read_bytes()).hexdigest()}
    return {k: v for e in entry.iterdir() for k, v in tree(e, f"{path}/{e.name}").items()}

import tracer
from tracer.resources import example, example_names, folder
data = {name: tree(folder(name)) for name in sys.argv[2:]}
texts = {name: example(name).read_text(encoding="utf-8") for name in example_names()}
print(json.dumps({"from": tracer.__file__, "data": data, "texts": texts}))
"""


def python(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python elsewhere; what runs there is a copy, so its coverage is not measured."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=kept | environment, capture_output=True, text=True, encoding="utf-8"
    )


def tree(folder: Path) -> dict[str, str]:
    """The files below a folder of the source tree, each by what its bytes come to."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {
        f"/{path.relative_to(folder).as_posix()}": sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


@pytest.mark.parametrize(
    ("layout", "home"),
    [
        ("wheel", "wheel"),
        ("unpacked_wheel", "unpacked_wheel"),
        ("unpacked_sdist", "unpacked_sdist"),
        ("editable_site", "source_tree"),
        ("source_tree", "source_tree"),
    ],
)
def test_data_are_found_from(
    layout: str, home: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A wheel, zipped or not, a source archive, an editable install and a checkout all agree."""
    run = python("-c", FIND, str(request.getfixturevalue(layout)), *DATA, cwd=tmp_path)
    assert not run.stderr
    found = json.loads(run.stdout)
    assert Path(found["from"]).is_relative_to(request.getfixturevalue(home))
    assert found["data"] == {name: tree(ROOT / name) for name in DATA}
    specs = ROOT.glob("examples/*.yaml")
    assert found["texts"] == {path.stem: path.read_text(encoding="utf-8") for path in specs}
    assert "mazur" in found["texts"]


@pytest.fixture(scope="session")
def source_tree() -> Path:
    """The tree that these tests stand in."""
    return ROOT


def test_command_runs_from_a_wheel(wheel: Path, tmp_path: Path) -> None:
    """A wheel on the path is enough to print a built-in example."""
    run = python("-m", "tracer", "mazur", cwd=tmp_path, PYTHONPATH=str(wheel))
    assert not run.stderr
    assert "0.298371109" in run.stdout


def test_version_is_the_projects(wheel: Path, tmp_path: Path) -> None:
    """The version that the command prints is the version of the distribution."""
    run = python("-m", "tracer", "--version", cwd=tmp_path, PYTHONPATH=str(wheel))
    assert wheel.name.split("-")[1] in run.stdout.replace(",", " ").split()


def test_other_projects_folders_are_not_ours(unpacked_wheel: Path, tmp_path: Path) -> None:
    """A broken installation says so, where another project's examples lie beside the package."""
    site = tmp_path / "site-packages"
    shutil.copytree(unpacked_wheel, site)
    shutil.move(site / "tracer" / "examples", site / "examples")
    run = python("-m", "tracer", "examples", cwd=tmp_path, PYTHONPATH=str(site))
    assert run.returncode == 2
    assert "this installation lacks its folder 'examples'" in run.stderr
    assert "Traceback" not in run.stderr
