"""Small documents in the languages of both engines, with names that try to be commands."""

from __future__ import annotations

HOSTILE = ("<script>", r"\input{/etc/passwd}", "$$", "#read(1)", "100 % & more_ ^~", "'; ls | id")
"""What a spec may call its units, and what a page has to show as it stands."""

LATEX = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{booktabs, tikz}
\input{glyphtounicode}\pdfgentounicode=1
\usepackage[hidelinks]{hyperref}
\begin{document}
\section{Forward}
%s
\[ \frac{\partial E}{\partial w_5} = \sum_k \delta_k\, o_k = 0.08216704 \]
\tikz \draw (0,0) circle (1em) node {$h_1$};
\section{Backward}
\begin{tabular}{lr}\toprule quantity & value \\ \midrule $w_5$ & 0.40 \\ \bottomrule\end{tabular}
\end{document}
"""

TYPST = """#set document(title: "Backpropagation")
#set page(height: auto)
= Forward
%s
$ (partial E) / (partial w_5) = sum_k delta_k o_k = 0.08216704 $
= Backward
#table(columns: 2, [quantity], [value], $w_5$, [0.40])
"""

LATEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "#": r"\#",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "'": r"\textquotesingle{}",
}


def latex(*names: str) -> str:
    """A document with these names in it, each in a paragraph."""
    return LATEX % "\n\n".join("".join(LATEX_SIGNS.get(c, c) for c in name) for name in names)


def typst(*names: str) -> str:
    """A document with these names in it, each in a paragraph."""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return TYPST % "\n\n".join(f'#"{name}"' for name in quoted)
