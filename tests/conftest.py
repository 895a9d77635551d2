"""Hypothesis runs that repeat themselves: the same examples on every machine, unless asked.

``HYPOTHESIS_PROFILE=explore`` tries new and many more examples; what it finds becomes a case of
its own in the tests.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
