"""A failure is logged without the values of variables: those are documents and questions, and far too many."""

import pytest
import structlog

from walkdown_server.log_lines import set_up_log


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
