"""Every command and every session that the documentation shows, run as a reader would."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Command, commands, fences, files, pages, shows

SETTING_UP = re.compile(r"^(make|pip|python3? -m venv|git|sudo|apt-get|\.ci)\b")
"""Commands that set things up: CI runs them, not a test inside of what they set up."""

RUN = [
    pytest.param(page, command, id=f"{command.page}: {command.text[:60]}")
    for page in pages()
    for command in commands(page)
    if not SETTING_UP.match(command.text)
]
SESSIONS = [page for page in pages() if fences(page, "python")]


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An empty folder with the files that the page shows, and the built-in examples."""
    page: Path = request.getfixturevalue("page")
    for name, content in files(page).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize(("page", "command"), RUN)
def test_a_command_prints_what_the_page_shows(page: Path, command: Command, folder: Path) -> None:
    """A command on a page, run in an empty folder, prints what stands under it."""
    before = _commands_before(page, command)
    for earlier in before:
        _run(earlier.text, folder)
    output = _run(command.text, folder)
    assert shows(command.output, output), f"{command.text}\n{output}"


def _commands_before(page: Path, command: Command) -> list[Command]:
    """Earlier commands of the page that write a file which this one reads."""
    found: list[Command] = []
    for earlier in commands(page):
        if earlier == command:
            return found
        written = re.search(r"-o (\S+)", earlier.text)
        if written and written[1] in command.text:
            found.append(earlier)
    raise AssertionError("the command is on its page")


def _run(text: str, folder: Path) -> str:
    """The output and the errors of a command line, as a reader in 80 columns sees them."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = os.environ | {"PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", text],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize("page", SESSIONS, ids=lambda page: page.name)
def test_a_python_session_answers_what_the_page_shows(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python session of a page gives the answers that stand in it."""
    monkeypatch.chdir(folder)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    text = "\n".join(fences(page, "python"))
    runner.run(parser.get_doctest(text, {}, page.name, str(page), 0))
    assert runner.summarize(verbose=False).failed == 0


def test_what_sets_up_is_a_target_that_ci_runs() -> None:
    """Each make target that the README names exists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^\$ )make ([a-z]+)\b", readme, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """`.ci/run` runs the very command by which the README says to test."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in readme
    assert re.search(r"^make test$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
