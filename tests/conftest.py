"""Options and fixtures that several test modules share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; the tests that did so fail, so that it is not left on."""
    parser.addoption("--update-golden", action="store_true", help="write golden files from the present output")
