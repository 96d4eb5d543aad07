"""Records that another version of Walkdown wrote: told as such, and none hides the others."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from walkdown.documents import Principal
from walkdown.errors import UsageError
from walkdown.records.answers import AnswerLog
from walkdown.records.database import AnswerRow, Database
from walkdown.testing.records_suite import make_answer

KIM = Principal(name="kim", groups=("ops",))


@pytest.fixture
def log(tmp_path: Path) -> AnswerLog:
    """Two answers of a conversation, both reported; the second was written by a version of its own."""
    url = f"sqlite:///{tmp_path}/w.db"
    log = AnswerLog(url)
    for name in ("r1", "r2"):
        log.add(make_answer(name), KIM, conversation="c")
        log.report_gap(name)
    strange: dict[str, Any] = {"language": "ko", "claims": [{"of": "another shape"}], "reason": "told"}
    with Database(url).transaction() as session:
        session.execute(update(AnswerRow).where(AnswerRow.record_id == "r2").values(answer=strange))
    return log


def test_one_is_told_with_what_to_do(log: AnswerLog) -> None:
    with pytest.raises(UsageError, match="another version of Walkdown") as raised:
        log.get("r2")
    assert "the database keeps it" in raised.value.remedy
    assert log.get("r1").record_id == "r1"


def test_lists_hold_the_others(log: AnswerLog) -> None:
    assert [record.record_id for record in log.latest()] == ["r1"]
    assert [record.record_id for record in log.conversation("c", "kim")] == ["r1"]


def test_what_readers_reported_stays_listed(log: AnswerLog) -> None:
    known = [one.record_id for one in log.asked_since("power", dt.datetime.now(dt.UTC)) if one.reported_at]
    gaps = {name: found[0] for name, (found, _) in log.gaps(known).items()}
    assert gaps.keys() == {"r1", "r2"}
    assert (gaps["r2"].question, gaps["r2"].language) == (make_answer("r2").question, "ko")
    assert gaps["r2"].nearest == ()
