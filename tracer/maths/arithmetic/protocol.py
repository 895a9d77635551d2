"""What an arithmetic is: how numbers are made, combined, rounded and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, Protocol

from tracer.maths.expression import Number
from tracer.phrase import Phrase

Choice = Callable[[Any, str, Any, Callable[[], Any], Callable[[], Any]], Any]


FinishMany = Callable[[Sequence[Any]], Sequence[Any] | None]


class Arithmetic(Protocol):
    """A way to compute; its values take ``+ - * /`` and the unary minus while `scope` is active."""

    @property
    def name(self) -> str:
        """Its canonical text, which `tracer.maths.arithmetic.arithmetic` reads."""

    @property
    def sentence(self) -> Phrase:
        """What a reader has to know about it, as one clause without a full stop."""

    @property
    def tells_carried(self) -> bool:
        """Whether a page is about the carried values, rounded in every step as they are.

        Otherwise it is about the true values, to as many digits as are carried.
        """

    @property
    def is_rigorous(self) -> bool:
        """Whether a value that is one number is certainly the true one."""

    @property
    def is_machine(self) -> bool:
        """Whether values are the machine's own numbers, of a few bytes each."""

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """The primitive functions by name, and ``power`` for ``**``."""

    @property
    def choose(self) -> Choice | None:
        """What becomes of a condition with its two branches, where it may be undecided.

        None where ``<`` and ``==`` of the values themselves decide.
        """

    @property
    def guard(self) -> Callable[[Any], Any] | None:
        """What refuses a computed value that is no number, before it is compared.

        None where such values cannot occur.
        """

    @property
    def check(self) -> Callable[[Any], Any] | None:
        """What refuses an intermediate value that has grown too large to carry on with.

        None where values have a fixed size.
        """

    @property
    def quotient(self) -> Callable[[Any, Any], Any] | None:
        """What divides two values; None where ``/`` does."""

    @property
    def finish_all(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...]] | None:
        """What finishes all values of a program together, each made from unfinished ones.

        It may refuse values that `finish` would accept one by one. None where a value has to be
        finished before the next one uses it.
        """

    @property
    def finish_many(self) -> FinishMany | None:
        """`finish` for many values at once, or None for those that need care one by one.

        None itself where nothing is gained by it.
        """

    def __hash__(self) -> int: ...

    def literal(self, number: Number) -> Any:
        """The value of a literal or a given."""

    def finish(self, value: Any) -> Any:
        """The value as a step keeps it: rounded where this arithmetic rounds every step.

        Raises:
            CalculationError: the value is not finite, or too large to carry on with.
        """

    def text(self, value: Any) -> str:
        """The value in full precision."""

    def read(self, text: str) -> Any:
        """The value that `text` wrote.

        Raises:
            CalculationError: the text is none of this arithmetic's values.
        """

    def fraction(self, value: Any) -> Fraction | None:
        """The exact rational value; None where there is no single one of reasonable size."""

    def scope(self) -> AbstractContextManager[object]:
        """To be active whenever values are combined."""
