"""The program as a process: exit codes, streams, encodings, terminals."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

ROOT = Path(__file__).parents[2]
CODES = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = (sys.executable, "-m", "tracer")

SPEC = """\
inputs: [x1, x2]
layers: [{units: [o1], activation: sigmoid, weights: [[0.5, -0.25]], bias: 0.1}]
samples: [{input: [1, 2], target: 1}]
training: {learning_rate: 0.5}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a spec, net.yaml."""
    (tmp_path / "net.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def environment(**changes: str) -> Mapping[str, str]:
    """The variables of a run: the source is found, and nothing is said about colours."""
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS"}}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | changes


def traced(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the program with its output in a pipe."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        timeout=60,
    )


def on_terminal(folder: Path, columns: int, *arguments: str, **changes: str) -> str:
    """Runs the program on a terminal so wide, and returns what stands on it."""
    near, far = pty.openpty()
    ioctl(far, TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env=environment(**changes), stdout=far, stderr=far
    ) as process:
        os.close(far)
        received = b""
        while True:
            try:
                part = os.read(near, 65_536)
            except OSError:  # how Linux says that the terminal was closed
                break
            if not part:
                break
            received += part
        assert process.wait(timeout=60) == 0
    os.close(near)
    return received.decode().replace("\r\n", "\n")


class TestTerminal:
    """Colours and width on a terminal."""

    def test_colours(self, folder: Path) -> None:
        """On a terminal the page is coloured; without the codes it is the plain page."""
        shown = on_terminal(folder, 80, "net.yaml")
        assert "\x1b[1m" in shown
        assert CODES.sub("", shown) == traced(folder, "net.yaml").stdout.decode()

    def test_no_color(self, folder: Path) -> None:
        """NO_COLOR with any content takes the colours away; empty, it does not count."""
        plain = traced(folder, "net.yaml").stdout.decode()
        assert on_terminal(folder, 80, "net.yaml", NO_COLOR="1") == plain
        assert "\x1b[1m" in on_terminal(folder, 80, "net.yaml", NO_COLOR="")

    def test_width(self, folder: Path) -> None:
        """On a wider terminal lines are longer, on a narrower one shorter."""
        wide = on_terminal(folder, 120, "net.yaml", NO_COLOR="1").splitlines()
        narrow = on_terminal(folder, 60, "net.yaml", NO_COLOR="1").splitlines()
        assert 80 < max(map(len, wide)) <= 120
        assert max(map(len, narrow)) <= 60
        assert len(wide) < len(narrow)

    def test_a_file_is_plain(self, folder: Path) -> None:
        """What is written to a file has no colours and 80 columns, whatever the terminal."""
        assert on_terminal(folder, 200, "net.yaml", "-o", "out.txt") == ""
        text = (folder / "out.txt").read_text(encoding="utf-8")
        assert text == traced(folder, "net.yaml").stdout.decode()


class TestStreams:
    """Pipes, full disks, closed streams, encodings."""

    def test_the_exit_code_of_success(self, folder: Path) -> None:
        """A page is on standard output, and nothing on standard error."""
        done = traced(folder, "net.yaml")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"Calculation\n")
        assert done.stdout.endswith(b"\n")

    @pytest.mark.parametrize(
        "arguments",
        [["none.yaml"], ["net.yaml", "--only", "zz"], ["--bogus"], ["net.yaml", "-o", "x.doc"], []],
    )
    def test_the_exit_code_of_errors(self, folder: Path, arguments: list[str]) -> None:
        """Every error is on standard error, without a traceback, and the exit code is 2."""
        done = traced(folder, *arguments)
        assert done.returncode == 2
        assert done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stdout == b""

    def test_a_reader_that_goes_away(self, folder: Path) -> None:
        """A pipe that is closed early ends the run quietly."""
        command = f"{' '.join(COMMAND)} net.yaml --steps 300 --at-step 1 | head -n 1"
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60
        )
        assert done.stdout == b"Calculation\n"
        assert done.stderr == b""

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
    @pytest.mark.parametrize("arguments", [["net.yaml"], ["--help"], ["new", "2-1"], ["schema"]])
    def test_a_full_disk(self, folder: Path, arguments: list[str]) -> None:
        """Output that cannot be printed is a message and the exit code 2."""
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [*COMMAND, *arguments],
                cwd=folder,
                env=environment(),
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
            )
        assert done.returncode == 2
        assert done.stderr == b"trace: cannot print: No space left on device\n"

    @pytest.mark.parametrize(("closed", "code"), [(">&-", 0), ("2>&-", 0)])
    def test_closed_streams(self, folder: Path, closed: str, code: int) -> None:
        """Without standard output or standard error nothing breaks."""
        command = f"{' '.join(COMMAND)} net.yaml {closed}"
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr

    def test_an_error_without_standard_error(self, folder: Path) -> None:
        """The exit code says that something is wrong, where nothing else can."""
        command = f"{' '.join(COMMAND)} none.yaml 2>&-"
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60
        )
        assert (done.returncode, done.stdout) == (2, b"")

    def test_encodings_that_lack_signs(self, folder: Path) -> None:
        """An encoding without δ and ≈ gets question marks, and every digit."""
        done = traced(folder, "net.yaml", PYTHONIOENCODING="latin-1")
        assert done.returncode == 0
        text, whole = done.stdout.decode("latin-1"), traced(folder, "net.yaml").stdout.decode()
        lacking = {sign for sign in whole if ord(sign) > 255}
        assert text == "".join("?" if sign in lacking else sign for sign in whole)

    def test_a_locale_of_plain_ascii(self, folder: Path) -> None:
        """In the C locale the page is in UTF-8, as Python has it there."""
        done = traced(folder, "net.yaml", LC_ALL="C", PYTHONIOENCODING="")
        assert done.stdout == traced(folder, "net.yaml").stdout

    def test_runs_repeat_themselves(self, folder: Path) -> None:
        """Two runs print the same bytes, whatever the seed of Python's hashes."""
        first, second = (
            traced(folder, "net.yaml", "--long", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")
        )
        assert first == second


class TestModule:
    """python -m tracer."""

    def test_it_is_the_program(self, folder: Path) -> None:
        """The module runs the same commands as the script does."""
        assert traced(folder, "--version").stdout.startswith(b"trace, ")
        assert traced(folder, "examples").stdout.startswith(b"adaline")

    def test_files_from_anywhere(self, folder: Path) -> None:
        """Specs are found in the folder where the program runs, examples from everywhere."""
        (folder / "below").mkdir()
        below = folder / "below"
        assert traced(below, "../net.yaml").stdout == traced(folder, "net.yaml").stdout
        assert traced(below, "mazur").returncode == 0
