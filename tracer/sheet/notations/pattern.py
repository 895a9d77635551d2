"""Whether a pattern of a symbol can be used."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tracer.errors import suggestion

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
LONGEST = 60


def wrong_in(
    pattern: str, known: Collection[str], tells: Collection[str] = ()
) -> Iterator[tuple[int, str]]:
    """(where, what) of everything that is wrong in a pattern.

    Args:
        pattern: such as ``out_{unit}``.
        known: the slots that there are.
        tells: the slots of which it needs one.
    """
    if not pattern.strip():
        yield 0, "expected a symbol, found nothing"
        return
    if len(pattern) > LONGEST:
        yield 0, f"a symbol of more than {LONGEST} characters"
        return
    found = []
    for brace in BRACES.finditer(pattern):
        name = brace[1]
        if name is None:
            yield brace.start(), f"'{brace[0]}' without its other half"
        elif name not in known:
            hint = suggestion(name, known) or f"; known: {', '.join(sorted(known))}"
            yield brace.start() + 1, f"there is no slot '{{{name}}}'{hint}"
        found.append(name)
    if tells and not set(tells) & set(found):
        yield 0, f"nothing tells one from another: put {{{'} or {'.join(tells)}}} into it"
    if pattern.count("/") > 1:
        yield pattern.rindex("/"), "a second '/': a symbol is one quotient at most"
