"""The archives that users get, built once from the tree as it stands."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EDITABLE = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"


def run_in_source_tree(*arguments: str) -> None:
    """Run Python at the top of the tree; what it says is shown if it fails."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run_in_source_tree("-m", "build", "--no-isolation", "--outdir", str(folder))
    return folder


@pytest.fixture(scope="session")
def wheel(archives: Path) -> Path:
    """The wheel."""
    (path,) = archives.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def unpacked_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents, as an installation lays them out."""
    folder = tmp_path_factory.mktemp("site-packages")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture(scope="session")
def unpacked_sdist(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The top folder of the source archive."""
    (path,) = archives.glob("*.tar.gz")
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    (top,) = folder.iterdir()
    return top


@pytest.fixture(scope="session")
def editable_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an editable install puts into ``site-packages``."""
    built, folder = tmp_path_factory.mktemp("editable"), tmp_path_factory.mktemp("editable-site")
    run_in_source_tree("-c", EDITABLE, str(built))
    (path,) = built.glob("*.whl")
    zipfile.ZipFile(path).extractall(folder)
    return folder
