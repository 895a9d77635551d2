"""Sentences for readers as data: what is said, before any language and any medium.

A phrase is the English sentence with named parts, ``"{count} time steps"``. The sentence is the key
under which the table of another language has its own; the parts are put in when it is printed. So
a formula inside of a sentence is a formula still, and a page that can set mathematics sets it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from string import Formatter

from msgspec import Struct

Part = Hashable
"""What stands in a sentence: a number, an author's own text (a str), a `Phrase`, a `Listed`, a
formula, a quantity, or one of the records below.
"""


class Phrase(Struct, frozen=True):
    """A sentence, or a part of one.

    Attributes:
        text: in English, with ``{name}`` where a part stands.
        parts: what stands there, by name.
        many: the sentence for several; empty where nothing is counted.
        count: how many they are.
    """

    text: str
    parts: tuple[tuple[str, Part], ...] = ()
    many: str = ""
    count: int = 1


class Listed(Struct, frozen=True):
    """Parts under each other in a sentence.

    Attributes:
        items: the parts.
        joint: what stands between two of them; with words in it, it is a key as a sentence is.
    """

    items: tuple[Part, ...]
    joint: str = ", "


class Typed(Struct, frozen=True):
    """A formula that text shows as one would type it, ``1/2*(target - out)**2``."""

    formula: Hashable


class Large(Struct, frozen=True):
    """A count that may be large: its digits are grouped as the language does it."""

    count: int


class Words(Struct, frozen=True):
    """The words of a language.

    Attributes:
        code: what the language is called on the command line.
        name: what it calls itself.
        sentences: the sentence for each English one; one that is not there stays English.
        singular: the counts for which the sentence for one is right.
        thousands: what groups the digits of large counts.
        decimal: the sign between whole digits and decimals, where a page follows the language.
    """

    code: str
    name: str
    sentences: Mapping[str, str] = {}
    singular: tuple[int, ...] = (1,)
    thousands: str = ","
    decimal: str = "."

    def sentence(self, key: str) -> str:
        """What this language says for an English sentence."""
        return self.sentences.get(key, key)

    def of(self, phrase: Phrase) -> str:
        """The sentence of a phrase, with its parts still by name."""
        is_one = not phrase.many or phrase.count in self.singular
        return self.sentence(phrase.text if is_one else phrase.many)


ENGLISH = Words("en", "English")


def phrase(text: str, **parts: Part) -> Phrase:
    """A sentence with parts.

    Args:
        text: in English, with ``{name}`` for each part.
        parts: what stands there.
    """
    return Phrase(text, tuple(parts.items()))


def counted(count: int, one: str, many: str, **parts: Part) -> Phrase:
    """A sentence that counts something; its number is the part ``{count}``.

    Args:
        count: how many there are.
        one: the sentence for one.
        many: the sentence for any other number.
        parts: what else stands in it.
    """
    return Phrase(one, (("count", Large(count)), *parts.items()), many, count)


def alone(part: Part) -> Phrase:
    """A phrase without words of its own: an author's text, a symbol, a number."""
    return Phrase("{part}", (("part", part),))


def listed(items: Iterable[Part], joint: str = ", ") -> Listed:
    """Parts in one sentence.

    Args:
        items: the parts.
        joint: what stands between two of them.
    """
    return Listed(tuple(items), joint)


def flat(phrase: Phrase, words: Words) -> Iterator[Part]:
    """A phrase in a language, as texts and what only a medium can write: formulas, symbols."""
    sentence = words.of(phrase)
    if not phrase.parts:
        yield sentence
        return
    parts = dict(phrase.parts)
    for text, name in pieces(sentence):
        if text:
            yield text
        if name is not None:
            yield from _flat(parts[name], words)


def _flat(part: Part, words: Words) -> Iterator[Part]:
    match part:
        case Phrase():
            yield from flat(part, words)
        case Listed(items, joint):
            between = words.sentence(joint)
            for number, item in enumerate(items):
                if number:
                    yield between
                yield from _flat(item, words)
        case Large(count):
            yield f"{count:,}".replace(",", words.thousands)
        case int():
            yield str(part)
        case _:
            yield part


@lru_cache(maxsize=4096)
def pieces(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """A sentence in pieces: a text, and the name of the part that follows it; None for none."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(sentence))


def has_words(sentence: str) -> bool:
    """Whether something in a sentence is to be translated: letters outside of its parts."""
    return any(letter.isalpha() for text, _ in pieces(sentence) for letter in text)


def in_english(phrase: Phrase) -> str:
    """A phrase whose parts are texts and numbers alone, in English."""
    return "".join(map(str, flat(phrase, ENGLISH)))
