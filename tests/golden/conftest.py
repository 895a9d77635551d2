"""``pytest tests/golden --renew`` writes the expected files anew; look at the difference after."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option."""
    parser.addoption(
        "--renew", action="store_true", help="write the files of tests/golden/expected anew"
    )


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are to be written anew."""
    return bool(request.config.getoption("--renew", default=False))
