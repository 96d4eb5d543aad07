"""The source of a citation: what document, revision and page it is, and the passage where it stands."""

from collections.abc import Sequence

import streamlit as st

from walkdown.client import PagePicture
from walkdown.documents import Chunk, DocumentStatus, Evidence
from walkdown.errors import UnknownItemError, WalkdownError
from walkdown.retelling import retold
from walkdown_ui import connection, session
from walkdown_ui.inert import as_html
from walkdown_ui.parts.excerpt import excerpt
from walkdown_ui.parts.passage import passage_html
from walkdown_ui.texts import Texts

_NEIGHBOURS = 4
"""Passages shown before and after the cited one in formats without pages."""


def place_of(chunk: Chunk, texts: Texts) -> str:
    """Document number, revision and page in one line."""
    parts = [texts.document_number.format(id=chunk.document_id)]
    if chunk.revision:
        parts.append(texts.revision.format(revision=chunk.revision))
    if chunk.page is not None:
        parts.append(texts.page.format(page=chunk.page))
    if chunk.confidence is not None:
        parts.append(texts.recognised.format(confidence=chunk.confidence))
    return " · ".join(parts)


def _head(evidence: Evidence, carried: Sequence[str], texts: Texts) -> None:
    chunk = evidence.chunk
    lines = "".join(f"<li><mark>{as_html(line)}</mark></li>" for line in carried)
    marked = f'<p class="wd-label">{as_html(texts.carried)}</p><ul>{lines}</ul>' if lines else ""
    with st.container(horizontal=True, vertical_alignment="top", key="wd-source-bar"):
        crumbs = " › ".join(dict.fromkeys(part for part in chunk.heading_path if part != chunk.title))
        st.html(
            f'<div class="wd-source-head"><h3><span class="wd-number">{evidence.number}</span>{as_html(chunk.title)}'
            f"</h3><p>{as_html(place_of(chunk, texts))}</p>"
            + (f'<p class="wd-crumbs">{as_html(crumbs)}</p>' if crumbs else "")
            + marked
            + "</div>"
        )
        st.button("", icon=":material/close:", help=texts.close, key="close-source", on_click=session.close_source)


def _page_png(chunk: Chunk, carried: Sequence[str]) -> PagePicture | None:
    """The page with the passage highlighted and the carrying lines marked, or None where there is none to be had."""
    if chunk.page is None:
        return None
    try:
        return connection.page_png(chunk.pack, chunk.id, carried)
    except WalkdownError:
        return None


def _on_page(chunk: Chunk, picture: PagePicture, texts: Texts) -> None:
    """The passage as the original shows it, its text, and the whole page it stands on."""
    page, png = picture
    strip = excerpt(png, [box for box in chunk.boxes if box.page == page], connection.PAGE_DPI)
    if strip is None:
        st.empty()
    else:
        with st.container(key="wd-excerpt", gap="xsmall"):
            st.html(f'<p class="wd-label">{as_html(texts.page_caption.format(page=page))}</p>')
            st.image(strip, width="stretch")
    pages = sorted({box.page for box in chunk.boxes})
    goes_on = f" {texts.goes_on.format(first=pages[0], last=pages[-1])}" if len(pages) > 1 else ""
    st.html(
        f'<p class="wd-label">{as_html(texts.passage)}</p>'
        f'<blockquote class="wd-passage">{passage_html(chunk.text)}</blockquote>'
    )
    with st.container(key="wd-page", gap="xsmall"):
        st.html(f'<p class="wd-label">{as_html(texts.whole_page.format(page=page) + goes_on)}</p>')
        st.image(png, width="stretch")


def _passages(passages: Sequence[Chunk], marked: int = -1) -> str:
    """Passages of one document in a row, with a heading wherever a new section begins."""
    parts, section = [], None
    for i, passage in enumerate(passages):
        if passage.heading_path and passage.heading_path != section:
            parts.append(f"<h5>{as_html(passage.heading_path[-1])}</h5>")
        section = passage.heading_path
        mark = ' class="wd-mark"' if i == marked else ""
        parts.append(f"<div{mark}>{passage_html(passage.text)}</div>")
    return "".join(parts)


def _in_text(chunk: Chunk, texts: Texts) -> None:
    """The document's text around the passage, with the passage marked and on top; what precedes it unfolds."""
    found = connection.context(chunk.pack, chunk.id)
    before = found.passages[max(0, found.marked - _NEIGHBOURS) : found.marked]
    onwards = found.passages[found.marked : found.marked + 1 + _NEIGHBOURS]
    unfold = f"<details><summary>{as_html(texts.before)}</summary>{_passages(before)}</details>" if before else ""
    missing = f'<p class="wd-note">{as_html(texts.no_page)}</p>' if chunk.page is not None else ""
    st.html(
        f'{missing}<p class="wd-label">{as_html(texts.in_context)}</p>'
        f'<div class="wd-document">{unfold}{_passages(onwards, marked=0)}</div>'
    )


def _original(chunk: Chunk, texts: Texts) -> None:
    server = connection.client()
    # The revision that is cited, not the one that has taken its place.
    info = server.document(chunk.pack, chunk.document_id, edition=chunk.edition)
    st.download_button(
        texts.download,
        data=lambda: server.original(chunk.pack, chunk.document_id, edition=chunk.edition),
        file_name=info.file_name,
        # Never a type that a browser would open in this origin.
        mime="application/octet-stream",
        icon=":material/download:",
        # A rerun would let go of the file before the browser fetches it: nothing refers to it yet.
        on_click="ignore",
        key="download-source",
    )


def _standing(chunk: Chunk, texts: Texts) -> None:
    """A warning where the passage no longer stands as it did when it was cited."""
    now = connection.chunk(chunk.pack, chunk.id).status
    words = {DocumentStatus.WITHDRAWN: texts.source_withdrawn, DocumentStatus.SUPERSEDED: texts.source_superseded}
    if now is not chunk.status and now in words:
        st.html(f'<p class="wd-warning" role="alert">{as_html(words[now])}</p>')
    else:
        st.empty()


def show_source(evidence: Evidence, carried: Sequence[str], texts: Texts) -> None:
    """Draw the panel of a cited passage; `carried` are its words that carry statements of the answer."""
    chunk = evidence.chunk
    _head(evidence, carried, texts)
    with st.container(key=f"wd-source-{chunk.id}"):
        try:
            _standing(chunk, texts)
            picture = _page_png(chunk, carried)
            if picture is None:
                # As many places as with a page, so that nothing of the source shown before stays (see views.ask).
                st.empty()
                _in_text(chunk, texts)
                st.empty()
            else:
                _on_page(chunk, picture, texts)
            _original(chunk, texts)
        except UnknownItemError:
            st.warning(texts.gone)
        except WalkdownError as error:
            st.html(f'<p class="wd-note">{as_html(retold(str(error), session.language()))}</p>')
