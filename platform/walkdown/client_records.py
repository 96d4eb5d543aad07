"""The part of the client that looks at records: what would be answered today, and what got no sure answer."""

from urllib.parse import quote

from walkdown.client_conversations import Conversing
from walkdown.wire import Replay
from walkdown.wire_records import GapInfo, GapQuery, GapReport, GapsQuery


class Recorded(Conversing):
    """Records of answers, by their ids and by pack."""

    def replay(self, record_id: str) -> Replay:
        """What a recorded answer would be today, and why it differs. Raises UnknownItemError."""
        return self._model(Replay, "POST", f"/v1/records/{quote(record_id, safe='')}/replay")

    def report_gap(self, record_id: str, note: str = "") -> GapInfo:
        """Tell the domain team that its documents lack what a record asks for. Raises UnknownItemError."""
        path, body = f"/v1/records/{quote(record_id, safe='')}/gap", GapQuery(note=note)
        return self._model(GapInfo, "POST", path, json=body.model_dump(mode="json"))

    def gaps(self, pack: str, query: GapsQuery | None = None) -> GapReport:
        """The questions that a pack's documents gave no sure answer to, newest first."""
        params = (query or GapsQuery()).model_dump(mode="json", exclude_none=True)
        return self._model(GapReport, "GET", f"/v1/packs/{quote(pack, safe='')}/gaps", params=params)
