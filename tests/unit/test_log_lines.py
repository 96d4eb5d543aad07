"""A failure is logged without the values of variables: those are documents and questions, and far too many."""

import pytest
import structlog

from walkdown.errors import DocumentError
from walkdown_server.cli.output import print_error, stdout, table
from walkdown_server.log_lines import inert, set_up_log


def test_a_traceback_in_the_log_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    set_up_log()
    secret = ["what the document says"] * 3
    try:
        raise ValueError(len(secret))
    except ValueError as error:
        structlog.get_logger().error("stream_failed", exc_info=error)
    finally:
        structlog.configure(**before)
    out, written = capsys.readouterr()
    assert not out, "a command's result stands there"
    assert "ValueError: 3" in written
    assert "document says" not in written.replace('secret = ["what the document says"] * 3', "")
    assert len(written.splitlines()) < 15


HOSTILE = "a\x1b]0;pwn\x07\x1b[31m\x9b2J\rb.pdf"


def test_nothing_that_is_printed_moves_the_cursor_of_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Red where a file name reaches the terminal as it is: it may rename the window or write over what stands there."""
    print_error(DocumentError(f"{HOSTILE} cannot be read.", f"Rename {HOSTILE}."), as_json=False)
    listed = table("file")
    listed.add_row(HOSTILE)
    stdout().print(HOSTILE)
    stdout().print(listed)
    printed = "".join(capsys.readouterr())
    assert printed.count("b.pdf") == 4 and printed == inert(printed)


def test_nothing_in_the_log_moves_the_cursor_of_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    set_up_log()
    try:
        raise ValueError(HOSTILE)
    except ValueError as error:
        structlog.get_logger().error("failed", name=HOSTILE, exc_info=error)
    finally:
        structlog.configure(**before)
    written = capsys.readouterr().err
    assert written.count("b.pdf") >= 2 and written == inert(written)
    assert inert("line\n\tnext 펌프") == "line\n\tnext 펌프"
