"""`/v1/documents`: the registry of a pack and the originals."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from walkdown.documents import Principal
from walkdown.errors import UnknownItemError
from walkdown.wire import DecisionQuery, DocumentInfo
from walkdown_server.access import LOCAL, may_see
from walkdown_server.context import WithServices
from walkdown_server.services import Services

router = APIRouter(prefix="/v1/documents", tags=["documents"])
_INERT = {
    # An original may be HTML with scripts: it is saved, never shown from this address.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def visible_document(
    services: Services, pack: str, document_id: str, principal: Principal = LOCAL, *, edition: str = ""
) -> DocumentInfo:
    """A document that `principal` may see. Raises UnknownItemError alike for hidden and for absent ones."""
    document = services.library.get().get(services.packs.get(pack).name, document_id, edition=edition)
    if not may_see(document.access, principal):
        raise UnknownItemError(
            f"The pack {pack} has no document {document_id!r}.", f"`walkdown documents {pack}` lists them."
        )
    return document


@router.get("")
def documents(pack: str, services: WithServices) -> dict[str, list[DocumentInfo]]:
    """The documents of a pack."""
    found = services.library.get().documents(services.packs.get(pack).name)
    return {"documents": [document for document in found if may_see(document.access, LOCAL)]}


@router.get("/{pack}/{document_id:path}/original", response_class=FileResponse)
def original(pack: str, document_id: str, services: WithServices, edition: str = "") -> FileResponse:
    """The original file of the edition named, else of the one in force, as a download."""
    document = visible_document(services, pack, document_id, edition=edition)
    path = services.library.get().original(document)
    return FileResponse(path, media_type=document.media_type, filename=document.file_name, headers=_INERT)


@router.post("/{pack}/{document_id:path}/restore")
def restore(pack: str, document_id: str, services: WithServices) -> dict[str, list[DocumentInfo]]:
    """Undo a withdrawal; returns all revisions of the document."""
    visible_document(services, pack, document_id)
    return {"documents": services.library.get().restore(pack, document_id)}


@router.post("/{pack}/{document_id:path}/decision")
def decide(pack: str, document_id: str, query: DecisionQuery, services: WithServices) -> dict[str, list[DocumentInfo]]:
    """Put one content of a document in force against its rivals; returns all revisions of the document."""
    visible_document(services, pack, document_id)
    return {"documents": services.library.get().decide(pack, document_id, query.sha256)}


@router.delete("/{pack}/{document_id:path}")
def withdraw(pack: str, document_id: str, services: WithServices, reason: str = "") -> dict[str, list[DocumentInfo]]:
    """Take a document out of every answer at once; returns all its revisions. `restore` undoes it."""
    visible_document(services, pack, document_id)
    return {"documents": services.library.get().withdraw(pack, document_id, reason)}


@router.get("/{pack}/{document_id:path}")
def document(pack: str, document_id: str, services: WithServices, edition: str = "") -> DocumentInfo:
    """One document: the edition named, else the one in force, else the last one."""
    return visible_document(services, pack, document_id, edition=edition)
