"""What an ingestion did."""

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Failure(_Part):
    """A file or record that was not taken in, the reason and what to do."""

    name: str
    reason: str
    remedy: str


class Seconds(_Part):
    """Where the time went. Parsing overlaps with the rest, so the parts may add up to more than the total."""

    parse: float = 0.0
    embed: float = 0.0
    write: float = 0.0
    total: float = 0.0


class IngestReport(_Part):
    """Counts of documents and of the passages written; `warnings` concern documents that were taken in or left out."""

    pack: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    chunks: int = 0
    failed: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: Seconds = Seconds()

    @property
    def ingested(self) -> int:
        """Documents that came into force."""
        return self.added + self.updated
