"""The first step of ``make demo`` and ``make test`` on machines that lack something."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAKE_VENV = Path(__file__).parents[2] / "scripts" / "make-venv"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

DEBIAN_PYTHON = """#!/bin/sh
if [ "$1 $2" = "-m ensurepip" ] && ! [ -e "{folder}/installed" ]; then exit 1; fi
exec "{python}" "$@"
"""

APT_GET = """#!/bin/sh
echo "$@" >> "{folder}/apt-get.log"
case "$1" in install) touch "{folder}/installed" ;; esac
"""


class Machine:
    """A machine whose Python, user and packages are what a test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command("python3", DEBIAN_PYTHON)
        self.command("apt-get", APT_GET)

    def command(self, name: str, script: str) -> None:
        """Put a command in front of the machine's own."""
        path = self.folder / name
        path.write_text(script.format(folder=self.folder, python=sys.executable))
        path.chmod(0o755)

    def make_venv(self, user: int, python: str = "") -> subprocess.CompletedProcess[str]:
        """Run the script as this user."""
        self.command("id", f"#!/bin/sh\necho {user}\n")
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {"PATH": path, "PYTHON": python}
        command = [str(MAKE_VENV), str(self.folder / "venv")]
        return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian machine with Python, but without the package that puts pip into environments."""
    return Machine(tmp_path)


def test_missing_package_is_named(machine: Machine) -> None:
    """A user who may not install packages is told which one to ask for; nothing is left behind."""
    run = machine.make_venv(user=1000)
    assert run.returncode == 1
    assert f"sudo apt-get install python{VERSION}-venv" in run.stderr
    assert not (machine.folder / "venv").exists()
    assert not (machine.folder / "apt-get.log").exists()


def test_missing_package_is_installed_for_root(machine: Machine) -> None:
    """Root, as in a container, gets the package, and an environment with pip in it."""
    run = machine.make_venv(user=0)
    assert run.returncode == 0, run.stderr
    last = (machine.folder / "apt-get.log").read_text().splitlines()[-1]
    assert last.startswith("install")
    assert last.endswith(f"python{VERSION}-venv")
    subprocess.run([machine.folder / "venv" / "bin" / "pip", "--version"], check=True)


def test_environment_is_kept(machine: Machine) -> None:
    """An environment that works is left as it is, so that a second run costs nothing."""
    working = machine.folder / "venv" / "bin" / "python"
    working.parent.mkdir(parents=True)
    working.symlink_to(machine.folder / "python3")
    assert machine.make_venv(user=1000).returncode == 0
    assert working.readlink() == machine.folder / "python3"


def test_old_python_is_refused(machine: Machine) -> None:
    """A Python before 3.11 is not used, and the message says how to name another."""
    machine.command("python3", "#!/bin/sh\nexit 1\n")
    run = machine.make_venv(user=1000, python="python3")
    assert run.returncode == 1
    assert "no Python 3.11 or later" in run.stderr
    assert "PYTHON=" in run.stderr
