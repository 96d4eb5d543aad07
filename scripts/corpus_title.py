"""What stands in the title block and the page margins of a built document, in its language."""

from typing import NamedTuple

from walkdown.packs.sources import SourceHeader


class TitleBlock(NamedTuple):
    """The lines under the title, the page header, and the page number with `{page}` and `{pages}`.

    `status` is "" for a document in force that replaces none.
    """

    identity: str
    sample: str
    status: str
    header: str
    page: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines under the title."""
        return tuple(line for line in (self.identity, self.status, self.sample) if line)


def _status(header: SourceHeader) -> str:
    korean = header.language == "ko"
    parts = []
    if header.supersedes:
        replaced = header.supersedes
        parts.append(f"이전 문서: 개정 {replaced} (대체됨)" if korean else f"Supersedes: Rev. {replaced}")
    if header.status == "superseded":
        parts.append("상태: 폐지 (새 개정으로 대체됨)" if korean else "Status: superseded by a later revision")
    return " | ".join(parts)


def title_block(header: SourceHeader) -> TitleBlock:
    """The title block of a document; Korean documents have it in Korean, all others in English."""
    if header.language == "ko":
        return TitleBlock(
            f"문서번호: {header.id} | 개정: {header.revision} | 시행일: {header.effective_date}",
            "가상 사업장의 예시 문서",
            _status(header),
            f"{header.id} 개정 {header.revision}",
            "{page} / {pages} 쪽",
        )
    return TitleBlock(
        f"Document No.: {header.id} | Revision: {header.revision} | Effective date: {header.effective_date}",
        "Sample document of a fictional site",
        _status(header),
        f"{header.id} Rev. {header.revision}",
        "Page {page} / {pages}",
    )
