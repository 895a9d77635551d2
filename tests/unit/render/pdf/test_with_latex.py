"""LaTeX: what a source may not do, and what is said of one that does not compile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.documents.compiling import text_of
from tracer.errors import OutputError
from tracer.render.pdf.with_latex import pdf_of_latex, typeset

PAGE = "\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}\n"


def message_of(tex: str) -> str:
    """The message for a source that does not compile."""
    with pytest.raises(OutputError) as caught:
        pdf_of_latex(tex)
    return str(caught.value)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the folder of a run."""
    path = tmp_path / "secret.tex"
    path.write_text("treasure", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["{secret}", "{secret.parent}/secret", "../{secret.name}"])
def test_files_outside_are_not_read(name: str, secret: Path) -> None:
    r"""``\input`` of a file outside the folder fails, whichever way it is named."""
    assert "not found" in message_of(PAGE % f"\\input{{{name.format(secret=secret)}}}")


def test_passwords_are_not_read() -> None:
    r"""``\input{/etc/passwd}`` fails, and TeX refuses to look."""
    message = message_of(PAGE % r"\input{/etc/passwd}")
    assert "/etc/passwd.tex' not found" in message
    assert "root:" not in message


@pytest.mark.parametrize(
    "command",
    [
        r"\newread\f\openin\f=%s \ifeof\f none\else\read\f to\x\x\fi",
        r"\setbox0\hbox{\pdffiledump offset 0 length 20{%s}}none",
        r"\edef\x{\pdffilesize{%s}}\ifx\x\empty none\fi",
    ],
)
def test_other_commands_do_not_read_them_either(command: str, secret: Path) -> None:
    """A file outside the folder is not there for TeX's other commands that read."""
    assert "none" in text_of(pdf_of_latex(PAGE % (command % secret)))


def test_files_outside_are_not_written(tmp_path: Path) -> None:
    """A file outside the folder cannot be written, and the run ends with a message."""
    path = tmp_path / "new.tex"
    message_of(PAGE % rf"\newwrite\f\immediate\openout\f={path} \immediate\write\f{{x}}x")
    assert not path.exists()


@pytest.mark.parametrize("command", [r"\immediate\write18{touch %s}x", '\\input{|"touch %s"}'])
def test_no_program_is_started(command: str, tmp_path: Path) -> None:
    """A source cannot start a program."""
    path = tmp_path / "started"
    tex = PAGE % (command % path)
    if "write18" in command:
        pdf_of_latex(tex)
    else:
        message_of(tex)
    assert not path.exists()


def test_the_users_settings_of_latexmk_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A settings file of latexmk, which is a program, is not run."""
    started = tmp_path / "started"
    (tmp_path / ".latexmkrc").write_text(f"open(F, '>', '{started}'); close(F);")
    monkeypatch.setenv("HOME", str(tmp_path))
    pdf_of_latex(PAGE % "x")
    assert not started.exists()
    assert sorted(os.listdir(tmp_path)) == [".latexmkrc"]


def test_references_are_right() -> None:
    """TeX runs as often as it takes until pages refer to the right places."""
    text = text_of(pdf_of_latex(PAGE % r"See \ref{b}.\section{A}\section{B}\label{b}"))
    assert "See 2." in text


@pytest.mark.parametrize(
    ("tex", "says"),
    [
        ("", "has no \\end{document}"),
        (PAGE.replace("\\end{document}", "") % "x", "has no \\end{document}"),
        (PAGE % "", "the source makes no page"),
        (PAGE % "\\textbf{x\n\n", "File ended while scanning use of \\textbf"),
        (PAGE % "\\begin{itemize}", "line 4 of the page's source: LaTeX Error: \\begin{itemize}"),
        (PAGE % "\N{PARTY POPPER}", "(U+1F389) not set up for use with LaTeX."),
        (PAGE % "\\def\\x{\\x\\x}\\x", "TeX capacity exceeded"),
        ("\\documentclass{no}\n" + PAGE % "x", "`no.cls' not found. (this program's own pages"),
    ],
)
def test_what_is_wrong_is_said(tex: str, says: str) -> None:
    """An incomplete source, an empty one, an unknown letter, a lacking package: each is told."""
    assert says in message_of(tex)


def test_a_long_line_is_shown_in_part() -> None:
    """Of a line that nobody could read in a message, the beginning stands for it."""
    message = message_of(PAGE % ("\\nope " + "x" * 10_000))
    assert len(message.splitlines()[1]) < 120


def test_the_log_comes_along() -> None:
    """What TeX warns of can be read, with lines as long as they are."""
    name = "n" * 200
    assert f"Reference `{name}' on page 1 undefined" in typeset(PAGE % rf"\ref{{{name}}}").log
