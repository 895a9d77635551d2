"""How many random examples a slow test takes: a share of what the profile says."""

from __future__ import annotations

from hypothesis import settings


def share(parts: int) -> settings:
    """Settings with one of so many parts of the profile's examples."""
    whole = settings.get_profile(settings.get_current_profile_name()).max_examples
    return settings(max_examples=max(whole // parts, 10))


SOME, FEW = share(2), share(4)
