"""The step of ``make test`` that brings a browser and TeX, on machines that lack something."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROVIDE_TOOLS = Path(__file__).parents[2] / "scripts" / "provide-tools"
COMMANDS = ("chromium", "latexmk", "pdflatex", "pdfinfo", "pdftotext", "pdftoppm")
PACKAGES = "chromium latexmk texlive-latex-recommended texlive-pictures lmodern poppler-utils"

KPSEWHICH = '#!/bin/sh\n[ -e "{folder}/installed" ] && echo "/texmf/$1"\n'

APT_GET = """#!/bin/sh
echo "$DEBIAN_FRONTEND apt-get $@" >> "{folder}/apt-get.log"
[ "$1" = install ] || exit 0
touch "{folder}/installed"
for name in {commands}; do
    printf '#!/bin/sh\n' > "{folder}/$name"; chmod +x "{folder}/$name"
done
"""

SUDO = """#!/bin/sh
[ "$1" = -n ] && shift
echo "sudo $@" >> "{folder}/sudo.log"
exec "$@"
"""


class Machine:
    """A machine that has nothing but the commands that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("bash", "sh", "env", "true", "touch", "chmod"):
            (folder / name).symlink_to(str(shutil.which(name)))
        self.command("kpsewhich", KPSEWHICH)

    def command(self, name: str, script: str) -> None:
        """Put a command there."""
        path = self.folder / name
        text = script.replace("{folder}", str(self.folder))
        path.write_text(text.replace("{commands}", " ".join(COMMANDS)))
        path.chmod(0o755)

    def provide(self, user: int) -> subprocess.CompletedProcess[str]:
        """Run the script as this user."""
        self.command("id", f"#!/bin/sh\necho {user}\n")
        environment = os.environ | {"PATH": str(self.folder)}
        return subprocess.run(
            [self.folder / "bash", PROVIDE_TOOLS], env=environment, capture_output=True, text=True
        )

    @property
    def installed(self) -> list[str]:
        """What apt-get was asked to do."""
        log = self.folder / "apt-get.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian machine without a browser and without TeX."""
    machine = Machine(tmp_path)
    machine.command("apt-get", APT_GET)
    return machine


def test_root_gets_what_is_missing(machine: Machine) -> None:
    """Root, as in CI, gets every package that is missing, without a question."""
    run = machine.provide(user=0)
    assert run.returncode == 0, run.stderr
    assert machine.installed[-1].startswith("noninteractive apt-get install ")
    assert machine.installed[-1].endswith(PACKAGES)


def test_nothing_is_installed_twice(machine: Machine) -> None:
    """Where everything is there, nothing is installed, whoever asks, and nothing is said."""
    machine.provide(user=0)
    before = machine.installed
    run = machine.provide(user=1000)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert machine.installed == before


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    """A machine that lacks one tool gets that one."""
    machine.provide(user=0)
    (machine.folder / "pdftoppm").unlink()
    assert machine.provide(user=0).returncode == 0
    assert machine.installed[-1].endswith("--no-install-recommends poppler-utils")


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    """Who may use sudo without a password gets the packages through it."""
    machine.command("sudo", SUDO)
    run = machine.provide(user=1000)
    assert run.returncode == 0, run.stderr
    assert "apt-get install" in (machine.folder / "sudo.log").read_text()


def test_a_user_is_told_what_is_missing(machine: Machine) -> None:
    """Who may not install anything is told the packages, and the tests do not go on without."""
    machine.command("sudo", "#!/bin/sh\nexit 1\n")
    run = machine.provide(user=1000)
    assert run.returncode == 1
    assert f"sudo apt-get install {PACKAGES}" in run.stderr
    assert not machine.installed


def test_another_system_is_told_what_is_missing(tmp_path: Path) -> None:
    """Where there is no apt-get, the missing packages are named, and the script fails."""
    run = Machine(tmp_path).provide(user=0)
    assert run.returncode == 1
    assert PACKAGES in run.stderr


def test_a_failed_installation_is_no_success(machine: Machine) -> None:
    """Packages that do not bring what they should, or cannot be had, fail the step."""
    machine.command("apt-get", "#!/bin/sh\nexit 0\n")
    run = machine.provide(user=0)
    assert run.returncode == 1
    assert f"still missing after their installation: {PACKAGES}" in run.stderr
    machine.command("apt-get", "#!/bin/sh\nexit 100\n")
    assert machine.provide(user=0).returncode != 0
