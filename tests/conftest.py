"""Options and fixtures that several test modules share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; the tests that did so fail, so that it is not left on."""
    parser.addoption("--update-golden", action="store_true", help="write golden files from the present output")
    parser.addoption("--all-families", action="store_true", help="serve a tiny model of every family, not of LG's only")
    parser.addoption("--fuzz-cases", type=int, default=25, help="mutated files that each reader is tried on")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last: Playwright keeps an event loop running in the main thread, where no other may start."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def no_server_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the server that someone's `make demo` runs at the usual address: nothing listens at port 9."""
    monkeypatch.setenv("WALKDOWN_PORT", "9")
