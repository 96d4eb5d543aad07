"""What stands in the title block and the page margins of a built document, in its language."""

from typing import NamedTuple

from walkdown.packs.sources import SourceHeader


class TitleBlock(NamedTuple):
    """The lines under the title, the page header, and the page number with `{page}` and `{pages}`."""

    identity: str
    sample: str
    header: str
    page: str


def title_block(header: SourceHeader) -> TitleBlock:
    """The title block of a document; Korean documents have it in Korean, all others in English."""
    if header.language == "ko":
        return TitleBlock(
            f"문서번호: {header.id} | 개정: {header.revision} | 시행일: {header.effective_date}",
            "가상 사업장의 예시 문서",
            f"{header.id} 개정 {header.revision}",
            "{page} / {pages} 쪽",
        )
    return TitleBlock(
        f"Document No.: {header.id} | Revision: {header.revision} | Effective date: {header.effective_date}",
        "Sample document of a fictional site",
        f"{header.id} Rev. {header.revision}",
        "Page {page} / {pages}",
    )
