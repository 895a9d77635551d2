"""PDFs of pages: engines that typeset the source of a page, and which of them is there.

`engines.engine` says which one is taken; `with_latex` and `with_typst` run one each.
"""

NAMES = ("latex", "typst")
"""The engines, the first that is there being taken; `engines.ENGINES` has them."""
