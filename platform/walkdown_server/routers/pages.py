"""Pages of originals as pictures, and passages in their document: what a citation opens."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from walkdown.documents import Box, Chunk
from walkdown.errors import UnknownItemError, UsageError
from walkdown.wire import DocumentInfo, PassageContext
from walkdown_server.access import LOCAL, may_see
from walkdown_server.context import WithServices
from walkdown_server.rendering import MAX_DPI, MIN_DPI, page_of_lines, render_page
from walkdown_server.routers.documents import visible_document
from walkdown_server.services import Services

router = APIRouter(prefix="/v1", tags=["documents"])
Dpi = Annotated[int, Query(ge=MIN_DPI, le=MAX_DPI)]
Lines = Annotated[tuple[Annotated[str, Field(max_length=1000)], ...], Query(max_length=12)]
_PDF = "application/pdf"
_DEFAULT_DPI = 110


class PngResponse(Response):
    """A picture that the browser may keep for itself for a while; the same request gives the same picture.

    The header `Walkdown-Page` says which page it shows.
    """

    media_type = "image/png"

    def __init__(self, content: bytes, page: int, status_code: int = 200) -> None:
        # The description of the API looks for `status_code` among the arguments.
        super().__init__(
            content, status_code, headers={"Cache-Control": "private, max-age=600", "Walkdown-Page": str(page)}
        )


def parse_highlight(text: str, page: int) -> tuple[Box, ...]:
    """Boxes of `x0,y0,x1,y1;...` in points. Raises UsageError."""
    try:
        return tuple(
            Box(page=page, x0=x0, y0=y0, x1=x1, y1=y1)
            for x0, y0, x1, y1 in (map(float, part.split(",")) for part in text.split(";") if part.strip())
        )
    except ValueError as error:
        raise UsageError(
            "The highlight is not a list of boxes.", "Give x0,y0,x1,y1 in points, boxes separated by semicolons."
        ) from error


def _page(
    services: Services,
    document: DocumentInfo,
    page: int | None,
    dpi: int,
    boxes: Sequence[Box],
    lines: Sequence[str] = (),
) -> Response:
    if document.media_type != _PDF:
        raise UnknownItemError(
            f"{document.file_name} has no pages ({document.media_type}).", "Its passages are under .../context."
        )
    file = services.library.get().original(document)
    shown = page_of_lines(file, boxes, lines) if page is None else page
    return PngResponse(render_page(file, shown, dpi=dpi, boxes=boxes, lines=lines), shown)


def visible_chunk(services: Services, pack: str, chunk_id: str) -> Chunk:
    """A passage that may be seen. Raises UnknownItemError alike for hidden and for absent ones."""
    found = services.store.get().get(services.packs.get(pack).name, [chunk_id])
    if not found or not may_see(found[0].access, LOCAL):
        raise UnknownItemError(f"The pack {pack} has no passage {chunk_id!r}.", "Search again: documents may be newer.")
    return found[0]


@router.get("/documents/{pack}/{document_id:path}/pages/{page}.png", response_class=PngResponse)
def page_png(
    pack: str, document_id: str, page: int, services: WithServices, dpi: Dpi = _DEFAULT_DPI, highlight: str = ""
) -> Response:
    """A page of a PDF, with boxes marked if `highlight` gives some."""
    document = visible_document(services, pack, document_id)
    return _page(services, document, page, dpi, parse_highlight(highlight, page) if page > 0 else ())


@router.get("/chunks/{pack}/{chunk_id:path}/page.png", response_class=PngResponse)
def chunk_png(
    pack: str,
    chunk_id: str,
    services: WithServices,
    dpi: Dpi = _DEFAULT_DPI,
    page: int | None = None,
    line: Lines = (),
) -> Response:
    """The page of a passage with the passage marked: the page asked for, else the one that most of its `line`s are on.

    Each `line` is a line of the passage that is marked more strongly, as the evidence has it.
    """
    chunk = visible_chunk(services, pack, chunk_id)
    if chunk.page is None:
        raise UnknownItemError("The passage has no page.", "Its surroundings are under .../context.")
    document = visible_document(services, pack, chunk.document_id, edition=chunk.edition)
    return _page(services, document, page, dpi, chunk.boxes, line)


@router.get("/chunks/{pack}/{chunk_id:path}/context")
def context(pack: str, chunk_id: str, services: WithServices) -> PassageContext:
    """The passages of the document in order, and which of them is the one asked for."""
    chunk = visible_chunk(services, pack, chunk_id)
    found = services.store.get().chunks(pack, chunk.document_id, edition=chunk.edition or None)
    passages = tuple(c for c in found if may_see(c.access, LOCAL))
    return PassageContext(
        document_id=chunk.document_id,
        title=chunk.title,
        revision=chunk.revision,
        marked=next(i for i, passage in enumerate(passages) if passage.id == chunk.id),
        passages=passages,
    )


@router.get("/chunks/{pack}/{chunk_id:path}")
def chunk(pack: str, chunk_id: str, services: WithServices) -> Chunk:
    """One passage."""
    return visible_chunk(services, pack, chunk_id)
