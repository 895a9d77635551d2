"""`--language`: which pages it changes, what it leaves alone, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracer.cli.main import cli, main
from tracer.errors import TracerError


def run(*arguments: str) -> Result:
    """A command that is to succeed."""
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Forward pass"), ("de", "Vorwärtsschritt"), ("es", "Paso hacia delante")],
)
@pytest.mark.parametrize("suffix", ["", ".txt", ".md", ".html", ".tex"])
def test_pages_are_in_the_language(language: str, said: str, suffix: str, tmp_path: Path) -> None:
    """On the screen and in every format of pages, headings are in the language."""
    path = tmp_path / f"page{suffix}"
    found = run("mazur", "--language", language, *(("-o", str(path)) if suffix else ()))
    assert said in (path.read_text(encoding="utf-8") if suffix else found.output)


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the option a page is English, whatever language the system speaks."""
    english = run("mazur").output
    for name in ("LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    assert run("mazur").output == english


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("derive", "x^2", "--language", "de"), "Regel für Regel"),
        (("check-gradient", "mazur", "--language", "es"), "Derivadas"),
        (("mazur", "--only", "dE/dw5", "--language", "de"), "Vom Gegebenen zu dE/dw5"),
        (("rain", "--matrix", "--language", "de"), "Matrizen"),
        (("perceptron_or", "--epochs", "--language", "es"), "Época 1"),
        (("mazur", "--published", "--language", "es"), "valores publicados"),
        (("decks_neuron", "--pseudocode", "aima", "--language", "de"), "wiederhole"),
    ],
    ids=" ".join,
)
def test_every_view_and_command_with_pages(arguments: tuple[str, ...], said: str) -> None:
    """Whatever prints pages takes the option."""
    assert said in run(*arguments).output


@pytest.mark.parametrize(
    "arguments",
    [
        ("mazur", "--symbolic", "--language", "de"),
        ("mazur", "-o", "x.json", "--language", "de"),
        ("check-gradient", "mazur", "dE/dw5", "-o", "x.svg", "--language", "de"),
    ],
    ids=" ".join,
)
def test_what_has_no_language_says_so(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stays English refuses the option, and writes nothing."""
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(cli, arguments)
    assert found.exit_code == 2
    assert "--language" in found.output
    assert not list(tmp_path.iterdir())


def test_an_unknown_language_ends_with_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what there is; no page is printed."""
    monkeypatch.setattr("sys.argv", ["trace", "mazur", "--language", "fr"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("trace: unknown language 'fr'; there are de, en, es")


def test_nothing_is_written_in_an_unknown_language(tmp_path: Path) -> None:
    """A file that was there stays as it was."""
    path = tmp_path / "page.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(TracerError):
        run("mazur", "-o", str(path), "--language", "fr")
    assert path.read_text(encoding="utf-8") == "mine"
