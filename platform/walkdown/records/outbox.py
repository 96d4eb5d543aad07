"""Records of answers that wait for the database: a file each, so that a locked or lost database costs no record.

An answer is worth little when it comes half a minute late, and a record must not be lost. So what the database does not
take at once is kept here, durable, until it does; killing the process in between loses nothing. Where the disk is full
as well, the last records are held in memory until there is room again.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from walkdown.errors import ResourceError
from walkdown.records.answer_record import AnswerRecord

_MOST_HELD = 200
"""Records held in memory, some 100 KB each."""


class Outbox:
    """A folder of records, one file for each. Threads and processes may share it."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first record waits."""
        self._folder = folder
        self._lock = threading.Lock()
        self._held: dict[str, AnswerRecord] = {}

    def put(self, record: AnswerRecord) -> None:
        """Keep a record until the database takes it; durable when it returns.

        Raises ResourceError where the disk takes none: it is held in memory then, if nobody ends the process.
        """
        draft = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self._folder, delete=False) as file:
                draft = file.name
                file.write(record.model_dump_json())
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self._folder / f"{record.record_id}.json")
        except OSError as error:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            self._hold(record)
            raise ResourceError(
                f"The record of an answer cannot be kept in {self._folder} ({error.strerror}).",
                "Free some space there.",
            ) from error

    def _hold(self, record: AnswerRecord) -> None:
        with self._lock:
            self._held[record.record_id] = record
            while len(self._held) > _MOST_HELD:
                self._held.pop(next(iter(self._held)))

    def held(self) -> list[AnswerRecord]:
        """The records that are in memory only, oldest first."""
        with self._lock:
            return list(self._held.values())

    def waiting(self) -> list[Path]:
        """The files of the records that wait, oldest first."""
        with contextlib.suppress(OSError):
            return sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return []

    def get(self, record_id: str) -> AnswerRecord | None:
        """A record that waits; None where none does under that id."""
        # Compared, never made into a path: the id comes from whoever asks.
        found = next((path for path in self.waiting() if path.stem == record_id), None)
        return _read(found) if found is not None else None

    def records(self) -> list[AnswerRecord]:
        """The records that wait, oldest first."""
        return [*(record for path in self.waiting() if (record := _read(path)) is not None), *self.held()]

    def drain(self, keep: Callable[[AnswerRecord], None]) -> int:
        """Give every record that waits to `keep`, and forget it then; returns how many. Raises what `keep` raises.

        A file that is no record is left where it is.
        """
        done = 0
        for path in self.waiting():
            record = _read(path)
            if record is None:
                continue
            keep(record)
            path.unlink(missing_ok=True)
            done += 1
        for record in self.held():
            keep(record)
            with self._lock:
                self._held.pop(record.record_id, None)
            done += 1
        return done


def _read(path: Path) -> AnswerRecord | None:
    try:
        return AnswerRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
