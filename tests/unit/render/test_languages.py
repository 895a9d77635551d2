"""Language files: complete, with the same parts, and nothing left over; and a user's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.keys import PACKAGE, keys, read, sources
from tracer.errors import SpecError, TracerError
from tracer.phrase import ENGLISH
from tracer.render.language import languages, parts_of, words_of
from tracer.resources import folder

TRANSLATED = [code for code in languages() if code != ENGLISH.code]


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_sentence_in_the_source_is_known(path: Path) -> None:
    """The text of each phrase is a literal, or is followed to one, or stands in a known table."""
    assert not read(path.read_text(encoding="utf-8"))[1]


def test_there_are_sentences_of_all_sorts() -> None:
    """The sentences found are those of headings, rules, kinds, conventions, leads, remarks."""
    assert keys() >= {
        "Forward pass",
        "each input times its weight, added up",
        "output of a unit",
        "{update}, all at once: every derivative is taken at the old weights",
        "u is a column of ones: it adds up",
        "{count} time steps",
        " through ",
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_language_has_every_sentence(code: str) -> None:
    """No sentence that a page can show is missing in a language."""
    assert not sorted(keys() - words_of(code).sentences.keys())


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_language_has_a_sentence_that_no_page_shows(code: str) -> None:
    """What is left over, or whose English is misspelt, is found."""
    assert not sorted(words_of(code).sentences.keys() - keys())


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_sentence_has_the_parts_of_the_english_one(code: str) -> None:
    """A part that is lost or misspelt would lose what it stands for."""
    sentences = words_of(code).sentences
    assert not [key for key in sentences if parts_of(key) != parts_of(sentences[key])]


@pytest.mark.parametrize("code", TRANSLATED)
def test_blanks_at_the_ends_are_kept(code: str) -> None:
    """A word that is put between symbols keeps the blanks that hold it apart."""
    for key, sentence in words_of(code).sentences.items():
        assert (key[:1] == " ", key[-1:] == " ") == (sentence[:1] == " ", sentence[-1:] == " ")
        assert sentence.strip()
        assert "MISSING" not in sentence


@pytest.mark.parametrize("code", TRANSLATED)
def test_headings_stay_headings(code: str) -> None:
    """What starts with a capital in English and is no name does so in every language."""
    headings = ("Given", "Forward pass", "Update", "Training step {number}", "Notes")
    assert all(words_of(code).sentences[key][0].isupper() for key in headings)


def test_the_names_of_languages() -> None:
    """English, German and Spanish are there, each with its own name."""
    assert [words_of(code).name for code in languages()] == ["Deutsch", "English", "español"]


def test_an_unknown_language_is_refused_with_the_list() -> None:
    """The message names what there is, and what could be meant."""
    with pytest.raises(TracerError, match="unknown language 'fr'; there are de, en, es; or a file"):
        words_of("fr")
    with pytest.raises(TracerError, match="did you mean 'de'"):
        words_of("dee")


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes German with a change into a file of one's own; returns its path."""

    def write(before: str, after: str) -> str:
        text = folder("templates").joinpath("words", "de.yaml").read_text(encoding="utf-8")
        assert before in text
        path = tmp_path / "mine.yaml"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return str(path)

    return write


def test_a_language_of_ones_own(own: Callable[[str, str], str]) -> None:
    """A complete file is a language, called as the file is."""
    found = words_of(own('"Vorwärtsschritt"', '"Nach vorn"'))
    assert (found.code, found.sentence("Forward pass")) == ("mine", "Nach vorn")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('  "Notes":\n    "Anmerkungen"\n', "", "there is no sentence for 'Notes'"),
        ('  "Notes":', '  "Note":', r"no page says 'Note' \(did you mean '"),
        ('"{count} Epoche"', '"Epoche"', r"the part \{count\} is missing"),
        ('"{count} Epoche"', '"{count} {x}"', r"there is no part \{x\}"),
        ('"{count} Epoche"', '"{count Epoche"', "a brace that opens or closes no part"),
        ('"{count} Epoche"', '"{count.x} Epoche"', r"the part \{count\} is missing"),
        ('"Anmerkungen"', '"Anmer\\nkungen"', "a sentence is one line"),
        ('"Anmerkungen"', "[Anmerkungen]", "expected a sentence, found a list"),
        ("name: Deutsch", "nam: Deutsch", r"unknown field 'nam' \(did you mean 'name'\?\)"),
        ("name: Deutsch\n", "", "expected name: a text"),
        ("singular: [1]", "singular: one", "expected singular: a list of counts"),
        ("sentences:", "words:", "expected sentences: a mapping"),
    ],
)
def test_what_is_wrong_in_ones_own_file(
    own: Callable[[str, str], str], before: str, after: str, message: str
) -> None:
    """A file that is not complete is refused, with the place and what is missing."""
    with pytest.raises(SpecError, match=message) as found:
        words_of(own(before, after))
    assert "mine.yaml:" in str(found.value)


def test_a_file_that_is_no_language(tmp_path: Path) -> None:
    """A list is no language, and a file that is not there neither."""
    path = tmp_path / "list.yaml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(SpecError, match="expected the fields name"):
        words_of(str(path))
    with pytest.raises(SpecError, match="cannot read this file"):
        words_of(str(tmp_path / "none.yaml"))
