"""Pages in every language: all views of a trace, and what in them may be no word of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.functions import FUNCTIONS
from tracer.notation.notation import terminal
from tracer.phrase import ENGLISH, Words
from tracer.render.language import languages
from tracer.render.text import TextPage
from tracer.sheet.adjoints import columns
from tracer.sheet.codes.table import PSEUDOCODES
from tracer.sheet.epochs import epochs_view
from tracer.sheet.gradient_graph import gradient_graph
from tracer.sheet.maps.page import map_pages
from tracer.sheet.matrix.collapse import collapse_page
from tracer.sheet.matrix.graph_page import matrix_graph_page
from tracer.sheet.matrix.page import STANDARD, matrix_page
from tracer.sheet.overview import table, whole
from tracer.sheet.page import Section, Wanted
from tracer.sheet.pseudocode import pseudocode
from tracer.sheet.remarks import told

OTHERS = [code for code in languages() if code != ENGLISH.code]
WIDE = 10**6
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
SYMBOLS = frozenset(
    word
    for text in (
        "net out target error kept mask max exp sum wrong winner rows column windows turned data",
        "act before eta learning_rate by hand interval float decimal exact where log sig cut",
        "half even errors epoch change direction lambda sigma delta theta alpha beta gamma",
        "MatMul Multiply Add Subtract Negate Identity ReduceSum Winners Slice Stack Spread Scale",
        "Variable Constant State Placeholder while True loss evaluate gradient softmax pieces",
        "lim temperature half_squared_error squared_error cross_entropy binary_cross_entropy",
        "mean_squared_error hard_tanh log_softmax selu elu leaky_relu bipolar_sigmoid square",
        "negative_log_likelihood multiclass_hinge update in_place simultaneous momentum decay",
        "epsilon factor every rate since drops mean hinge identity lstm gru reset after",
        "new old min right node",
    )
    for word in WORD.findall(text)
) | frozenset(word for name in FUNCTIONS for word in WORD.findall(name))
"""What is the same in every language: plain names, functions, rows of tables as files call them."""

NUMBER = re.compile(r"(?<![\w.])\d[\d.]*(?:e[-+]?\d+)?")


def views(trace: Trace, wanted: Wanted) -> Iterator[Iterable[Section]]:
    """Every way to tell a trace; those that it has not are refused while they are read."""
    yield told(whole, trace, wanted._replace(key=True))
    yield whole(trace, wanted._replace(long=True))
    yield table(trace, wanted)
    yield epochs_view(trace, wanted)
    yield columns(trace, wanted)
    yield gradient_graph(trace, wanted)
    yield matrix_page(trace, wanted._replace(long=True, steps=(1,)), STANDARD)
    yield matrix_graph_page(trace, wanted)
    yield collapse_page(trace, wanted, STANDARD)
    yield map_pages(trace, wanted)
    yield from (pseudocode(code, trace, wanted) for code in PSEUDOCODES)


def printed(trace: Trace, words: Words) -> Iterator[str]:
    """The lines of every view of a trace in a language."""
    page = TextPage(terminal(trace.several_samples, words=words), WIDE)
    for view in views(trace, Wanted(words=words)):
        try:
            yield from page.lines(view)
        except TracerError:
            continue
