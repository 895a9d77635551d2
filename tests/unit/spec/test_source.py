"""Files and streams: what is no text is refused before anything else looks at it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tracer.errors import SpecError
from tracer.spec import read, read_text
from tracer.spec.tree.source import MAX_BYTES, decoded, load

SMALL = "expression: a*b\n"


def refused(content: bytes, path: Path) -> str:
    """What is said of a file with this content, after its name."""
    file = path / "net.yaml"
    file.write_bytes(content)
    with pytest.raises(SpecError) as caught:
        read(file)
    return str(caught.value).removeprefix(str(file))


def test_paths_and_open_files_read_the_same(tmp_path: Path) -> None:
    """A path, its text, a text file and a binary file give the same spec."""
    file = tmp_path / "net.yaml"
    file.write_text(SMALL, encoding="utf-8")
    expected = read_text(SMALL)
    assert read(file) == read(str(file)) == expected
    assert read(io.StringIO(SMALL)) == read(io.BytesIO(SMALL.encode())) == expected


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """A file may start with the mark that some editors write."""
    file = tmp_path / "net.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert read(file) == read_text(SMALL)


def test_a_stream_without_a_name_has_one_in_messages() -> None:
    """Problems of a stream are told under a name that says so."""
    with pytest.raises(SpecError, match="<stream>:1:1: the file is empty"):
        read(io.StringIO(""))


def test_bytes_that_are_not_utf8_have_a_place(tmp_path: Path) -> None:
    """Line and column count characters, also after letters of several bytes."""
    said = refused("title: é\nsource: é".encode() + b"\xff", tmp_path)
    assert said == ":2:10: byte 0xff is not UTF-8; save the file as UTF-8"


def test_utf16_is_refused(tmp_path: Path) -> None:
    """A file in another encoding of Unicode is refused at its first byte."""
    assert ":1:1: byte 0xff" in refused(SMALL.encode("utf-16"), tmp_path)


@pytest.mark.parametrize(
    ("character", "code"),
    [("\0", "0000"), ("\x1b", "001B"), ("\x85", "0085"), ("\u2028", "2028"), ("\ufeff", "FEFF")],
)
def test_control_characters_are_refused(tmp_path: Path, character: str, code: str) -> None:
    """A character that no text needs is refused at its place, on any kind of line."""
    said = refused(f"title: a\r\nsource: b\rnotes: {character}".encode(), tmp_path)
    assert said == f":3:8: the character U+{code} has no place in a spec"


def test_lone_surrogates_are_refused() -> None:
    """A text that cannot be written to a file is refused like other control characters."""
    with pytest.raises(SpecError, match="U\\+D800"):
        read_text("title: \ud800")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    """A file of 100 MB is refused by its size."""
    file = tmp_path / "large.yaml"
    with file.open("wb") as large:
        large.truncate(100_000_000)
    with pytest.raises(SpecError, match="more than 4 MB"):
        read(file)


@pytest.mark.parametrize("stream", [io.BytesIO, lambda content: io.StringIO(content.decode())])
def test_a_large_stream_is_refused(stream: type[io.BytesIO]) -> None:
    """A stream that does not end in time is not read to its end."""
    endless = stream(b"#" * (MAX_BYTES + 100))
    with pytest.raises(SpecError, match="more than 4 MB"):
        load(endless)
    assert len(endless.read()) == 99


def test_large_bytes_are_refused() -> None:
    """The limit counts bytes, not characters."""
    with pytest.raises(SpecError, match="more than 4 MB"):
        decoded("é".encode() * (MAX_BYTES // 2 + 1), "F")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "no such file or directory"),
        ("missing.yaml", "no such file or directory"),
        ("nul\0name", "no file can have this name"),
        ("x" * 5000, "file name too long"),
    ],
)
def test_what_cannot_be_opened_is_said(name: str, reason: str) -> None:
    """A path that leads to no file is a problem of the spec, with the system's reason."""
    with pytest.raises(SpecError, match=reason):
        read(name)


def test_a_folder_is_no_spec(tmp_path: Path) -> None:
    """A folder is refused."""
    with pytest.raises(SpecError, match="cannot read this file: is a directory"):
        read(tmp_path)
