"""Files are written whole, or stay as they were."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracer.errors import CalculationError, OutputError
from tracer.render.files import write_whole


def failing() -> Iterator[str]:
    """Lines that break off."""
    yield "first"
    raise CalculationError("no more")


def test_a_file_gets_its_lines(tmp_path: Path) -> None:
    """Every line ends with a line feed, in UTF-8."""
    write_whole(str(tmp_path / "f.txt"), ["δ ≈ 1", "", "end"])
    assert (tmp_path / "f.txt").read_bytes() == "δ ≈ 1\n\nend\n".encode()


def test_nothing_else_is_left(tmp_path: Path) -> None:
    """The folder has the one new file, and no draft."""
    write_whole(str(tmp_path / "f.txt"), ["x"])
    assert os.listdir(tmp_path) == ["f.txt"]


def test_an_old_file_stays_where_the_new_one_fails(tmp_path: Path) -> None:
    """Where making the lines fails, the old file is as it was and there is no draft."""
    path = tmp_path / "f.txt"
    path.write_text("old\n")
    with pytest.raises(CalculationError, match="no more"):
        write_whole(str(path), failing())
    assert path.read_text() == "old\n"
    assert os.listdir(tmp_path) == ["f.txt"]


def test_no_new_file_where_it_fails(tmp_path: Path) -> None:
    """Where making the lines fails, no half of a file is there."""
    with pytest.raises(CalculationError):
        write_whole(str(tmp_path / "f.txt"), failing())
    assert os.listdir(tmp_path) == []


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    """An interrupt while writing leaves no draft."""

    def interrupted() -> Iterator[str]:
        yield "first"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(str(tmp_path / "f.txt"), interrupted())
    assert os.listdir(tmp_path) == []


def test_permissions_are_kept(tmp_path: Path) -> None:
    """A file that is replaced keeps its permissions."""
    path = tmp_path / "f.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(str(path), ["new"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    """A new file has the permissions that any new file gets."""
    usual = tmp_path / "usual"
    usual.touch()
    write_whole(str(tmp_path / "f.txt"), ["x"])
    assert (tmp_path / "f.txt").stat().st_mode == usual.stat().st_mode


def test_links_are_followed(tmp_path: Path) -> None:
    """A link to a file stays a link, and the file behind it is written."""
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(str(link), ["new"])
    assert link.is_symlink()
    assert target.read_text() == "new\n"


def test_a_bare_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name without a folder is written where the program runs."""
    monkeypatch.chdir(tmp_path)
    write_whole("f.txt", ["x"])
    assert (tmp_path / "f.txt").read_text() == "x\n"


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error with the path."""
    with pytest.raises(OutputError, match=r"cannot write .*none/f\.txt: No such file or directory"):
        write_whole(str(tmp_path / "none" / "f.txt"), ["x"])


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """A folder cannot be written."""
    with pytest.raises(OutputError, match="it is a folder"):
        write_whole(str(tmp_path), ["x"])


def test_a_pipe_is_written_as_it_stands(tmp_path: Path) -> None:
    """A pipe stays a pipe, and its reader gets the lines."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(path.read_text()))
    reader.start()
    write_whole(str(path), ["one", "two"])
    reader.join(timeout=10)
    assert received == ["one\ntwo\n"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_device() -> None:
    """A device that is full is an error with its reason."""
    with pytest.raises(OutputError, match="cannot write /dev/full: No space left on device"):
        write_whole("/dev/full", ["x"])


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fills up while the draft is written, the old file stays."""
    path = tmp_path / "f.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_whole(str(path), ["new"])
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["f.txt"]
