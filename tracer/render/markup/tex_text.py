"""Author's text in LaTeX, where nothing of it is a command."""

from __future__ import annotations

import re
import unicodedata

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    "…": r"\dots{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
}
"""Signs that TeX would read otherwise than as themselves."""

IN_MATHS = {
    **{"α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon"},
    **{"ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa"},
    **{"λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o", "π": r"\pi"},
    **{"ρ": r"\rho", "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon"},
    **{"φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "ϕ": r"\phi"},
    **{"Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi"},
    **{"Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega"},
    **{"∂": r"\partial", "∇": r"\nabla", "·": r"\cdot", "×": r"\times", "⊙": r"\odot"},
    **{"∘": r"\circ", "≈": r"\approx", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "∈": r"\in"},
    **{"⋆": r"\star", "•": r"\bullet"},
    **{"→": r"\to", "↦": r"\mapsto", "∞": r"\infty", "±": r"\pm", "√": r"\surd"},
    **{"′": r"\prime", "⊤": r"\top", "ᵀ": r"^{\top}", "½": r"\tfrac12", "²": "^{2}", "³": "^{3}"},
    **{"−": "-", "∑": r"\sum", "∏": r"\prod", "⁺": "^{+}", "⁻": "^{-}", "¹": "^{1}"},
}
"""Signs that are set as mathematics."""

LIGATURES = re.compile(r"([-',])(?=\1)")
"""Signs that fonts join to another one."""

LAST_KNOWN = 0x17F
"""Letters up to here are in the T1 encoding, most of them; what is beyond is told by its number."""
UNKNOWN = frozenset("ĀāĈĉĊċĒēĔĕĖėĜĝĠġĤĥĦħĨĩĪīĬĭĮįĴĵĶķĸĻļĿŀŅņŌōŎŏŖŗŜŝŦŧŨũŪūŬŭŲųŴŵŶŷſ")


def escaped(text: str) -> str:
    """Text in which nothing is a command; what LaTeX cannot set is told by its number."""
    set_apart = "".join(map(_sign, unicodedata.normalize("NFC", text)))
    return LIGATURES.sub(r"\1{}", set_apart)


def _sign(sign: str) -> str:
    if sign in SPECIAL:
        return SPECIAL[sign]
    if sign in IN_MATHS:
        return f"\\ensuremath{{{IN_MATHS[sign]}}}"
    code = ord(sign)
    if 0x20 <= code < 0x7F or (0xA1 <= code <= LAST_KNOWN and sign not in UNKNOWN):
        return sign
    if not sign.isprintable():
        return " " if sign.isspace() else ""
    return f"[U+{code:04X}]"
