"""The page of a pack's documents: what is in force, what failed and why, and the originals."""

from collections.abc import Sequence

import streamlit as st

from walkdown.documents import DocumentStatus, Language
from walkdown.retelling import retold
from walkdown.wire import DocumentInfo
from walkdown_ui import connection
from walkdown_ui.inert import as_html, as_html_with_code, as_label, visible
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts


def status_word(status: DocumentStatus, texts: Texts) -> str:
    """A document's status in words."""
    words = {
        DocumentStatus.IN_FORCE: texts.in_force,
        DocumentStatus.SUPERSEDED: texts.superseded,
        DocumentStatus.PENDING: texts.pending,
        DocumentStatus.CONFLICT: texts.conflict,
        DocumentStatus.WITHDRAWN: texts.withdrawn,
        DocumentStatus.FAILED: texts.failed_document,
    }
    return words[status]


def matching(documents: Sequence[DocumentInfo], wanted: str) -> list[DocumentInfo]:
    """Documents whose title, number or file name holds every word wanted."""
    words = wanted.casefold().split()
    return [d for d in documents if all(w in f"{d.title}\n{d.id}\n{d.file_name}".casefold() for w in words)]


def _counts(documents: Sequence[DocumentInfo], texts: Texts) -> None:
    found = [(s, sum(d.status is s for d in documents)) for s in DocumentStatus]
    rare = (DocumentStatus.PENDING, DocumentStatus.CONFLICT)
    counts = [(status_word(status, texts), count) for status, count in found if count or status not in rare]
    counts.append((texts.passages, sum(d.chunks for d in documents)))
    cells = "".join(f"<div><b>{count:,}</b><span>{as_html(name)}</span></div>" for name, count in counts)
    st.html(f'<div class="wd-counts">{cells}</div>')


def _failures(documents: Sequence[DocumentInfo], texts: Texts, language: Language) -> None:
    failed = [d for d in documents if d.status is DocumentStatus.FAILED]
    if failed:
        rows = "".join(
            f"<li><b>{as_html(d.file_name or d.id)}</b><br>{as_html_with_code(_why(d, language))}</li>" for d in failed
        )
        st.html(f'<div class="wd-failures"><b>{as_html(texts.failures)}</b><ul>{rows}</ul></div>')


def _why(document: DocumentInfo, language: Language) -> str:
    """Why a file could not be read, without its name before it, which stands above."""
    told = retold(document.error, language)
    return told.removeprefix(f"{document.file_name}: ").removeprefix(f"{document.file_name}：")


def _row(document: DocumentInfo, texts: Texts) -> dict[str, str | int]:
    return {
        "id": visible(document.id),
        "title": visible(document.title),
        "revision": visible(document.revision),
        "status": status_word(document.status, texts),
        "chunks": document.chunks,
        "language": texts.language_names.get(document.language or "", ""),
        "date": document.effective_date.isoformat() if document.effective_date else "",
        "file": visible(document.file_name),
    }


def _table(documents: Sequence[DocumentInfo], frame: Frame) -> DocumentInfo | None:
    """The table; returns the document of the selected row."""
    texts = frame.texts
    column = st.column_config.TextColumn
    event = st.dataframe(
        [_row(document, texts) for document in documents],
        column_config={
            "id": column(texts.document_number.format(id="").strip()),
            "title": column(texts.column_title, width="large"),
            "revision": column(texts.revision.format(revision="").strip(), width="small"),
            "status": column(texts.column_status, width="small"),
            "chunks": st.column_config.NumberColumn(texts.passages, width="small"),
            "language": column(texts.column_language, width="small"),
            "date": column(texts.column_date, width="small"),
            "file": column(texts.column_file),
        },
        hide_index=True,
        key=f"documents-{frame.pack.name}",
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = event.selection.rows
    return documents[rows[0]] if rows and rows[0] < len(documents) else None


def _details(document: DocumentInfo, texts: Texts, language: Language) -> None:
    """What went wrong with the selected document, and its original where one was taken in."""
    notes = [retold(note, language) for note in (document.error, *document.warnings) if note]
    if notes:
        st.html("".join(f'<p class="wd-note">{as_html_with_code(note)}</p>' for note in notes))
    if document.status is DocumentStatus.FAILED:
        return
    server = connection.client()
    st.download_button(
        f"{texts.download}: {as_label(document.file_name, 60)}",
        data=lambda: server.original(document.pack, document.id, edition=document.edition),
        file_name=document.file_name,
        # Never a type that a browser would open in this origin.
        mime="application/octet-stream",
        icon=":material/download:",
        # A rerun would let go of the file before the browser fetches it: nothing refers to it yet.
        on_click="ignore",
        key="download-document",
    )


def draw(frame: Frame) -> None:
    """Draw the page."""
    texts = frame.texts
    documents = connection.client().documents(frame.pack.name)
    if not documents:
        st.subheader(texts.no_documents)
        st.markdown(texts.no_documents_hint.format(pack=frame.pack.name))
        return
    st.html(f'<p class="wd-note">{as_html(texts.documents_hint)}</p>')
    _counts(documents, texts)
    _failures(documents, texts, frame.language)
    wanted = st.text_input(texts.find_document, key="find-document", icon=":material/search:")
    selected = _table(matching(documents, wanted), frame)
    if selected is None:
        st.html(f'<p class="wd-note">{as_html(texts.select_document)}</p>')
    else:
        _details(selected, texts, frame.language)
