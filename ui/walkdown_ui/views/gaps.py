"""The page for a domain team: questions that the documents gave no sure answer to, why, and the file to label them."""

from collections.abc import Mapping
from typing import get_args

import streamlit as st

from walkdown.documents import DocumentStatus
from walkdown.outcomes import Outcome, words_of
from walkdown.unlabelled import unlabelled_lines
from walkdown.wire_records import MAX_GAPS, GapInfo, GapReport, GapsQuery, NearLine, Only, WeekOfQuestions
from walkdown_ui import connection
from walkdown_ui.inert import as_html, as_label
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts
from walkdown_ui.views.documents import status_word

_LISTED, _MORE = 30, 70
"""Questions that are drawn at first, and how many more each time."""
_WEEKS = (4, 8, 26, 52)


def outcome_words(texts: Texts) -> Mapping[str, str]:
    """What became of a question, in words."""
    return {
        "answered": texts.answered,
        "quoted": texts.quoted,
        "uncertain": texts.uncertain,
        "partly": texts.partly,
        "refused": texts.refused,
        "incomplete": texts.incomplete,
    }


def weeks_table(weeks: tuple[WeekOfQuestions, ...], texts: Texts) -> str:
    """The weeks as an HTML table: how many questions were asked, and what became of them."""
    names: tuple[Outcome, ...] = get_args(Outcome)
    head = [texts.column_week, texts.column_asked, *(outcome_words(texts)[name] for name in names)]
    rows = []
    for week in weeks:
        counts = [getattr(week, name) for name in names]
        cells = [week.monday.isoformat(), *(str(n) for n in (sum(counts), *counts))]
        rows.append("<tr>" + "".join(f"<td>{as_html(cell)}</td>" for cell in cells) + "</tr>")
    headings = "".join(f"<th>{as_html(name)}</th>" for name in head)
    return f'<div class="wd-scroll"><table class="wd-scores"><tr>{headings}</tr>{"".join(rows)}</table></div>'


def place_of(line: NearLine, texts: Texts) -> str:
    """Where a line stands, and what has become of its document since."""
    parts = [line.title, texts.document_number.format(id=line.document_id)]
    parts += [texts.revision.format(revision=line.revision)] if line.revision else []
    parts += [texts.page.format(page=line.page)] if line.page else []
    if line.standing == "gone":
        parts.append(texts.gone_document)
    elif line.standing not in (None, DocumentStatus.IN_FORCE):
        parts.append(texts.stands_now.format(status=status_word(line.standing, texts)))
    return " · ".join(parts)


def facts_of(gap: GapInfo, texts: Texts, frame: Frame) -> list[str]:
    """What is known of why a question got no sure answer, a sentence each."""
    facts = []
    if gap.because:
        facts.append(texts.why.format(why=words_of(gap.because, frame.language)))
    if gap.reason:
        facts.append(texts.reader_was_told.format(reason=gap.reason))
    if gap.probability is not None and gap.threshold is not None:
        facts.append(texts.gap_probability.format(probability=gap.probability, threshold=gap.threshold))
    if gap.missing:
        facts.append(texts.missing.format(words=", ".join(gap.missing)))
    if gap.turns:
        facts.append(texts.asked_before.format(questions=" / ".join(gap.turns)))
    if gap.latest in ("answered", "quoted") and gap.latest != gap.outcome:
        facts.append(texts.settled_since.format(outcome=outcome_words(texts)[gap.latest]))
    if gap.reported_at is not None:
        facts.append(texts.reported_with.format(note=gap.note or "—"))
    return facts


def _show(gap: GapInfo, frame: Frame) -> None:
    texts = frame.texts
    times = f" · ×{gap.times}" if gap.times > 1 else ""
    title = f"{outcome_words(texts)[gap.outcome]}{times} · {gap.question}"
    with st.expander(as_label(title, 140), icon=":material/flag:" if gap.reported_at else None):
        facts = [gap.question, *facts_of(gap, texts, frame)]
        st.html(f'<ul class="wd-facts">{"".join(f"<li>{as_html(fact)}</li>" for fact in facts)}</ul>')
        if gap.nearest:
            st.html(f'<p class="wd-label">{as_html(texts.nearest_lines)}</p>')
        for line in gap.nearest:
            likely = "" if line.probability is None else f"<b>{line.probability:.2f}</b> "
            place = f'<span class="wd-note">{as_html(place_of(line, texts))}</span>'
            st.html(f'<blockquote class="wd-near">{likely}{as_html(line.text)}<br>{place}</blockquote>')
        facts_line = texts.gap_record.format(at=f"{gap.asked_at.astimezone():%Y-%m-%d %H:%M}", record=gap.record_id)
        st.html(f'<p class="wd-note">{as_html(facts_line)}</p>')


def _wanted(texts: Texts) -> GapsQuery:
    """The choice of weeks and sort; the count of those shown starts anew with another choice."""
    words = {**outcome_words(texts), "reported": texts.reported}
    with st.container(horizontal=True):
        weeks = st.segmented_control(
            texts.gaps_weeks, _WEEKS, format_func=lambda n: texts.weeks.format(weeks=n), default=8,
            key="gaps-weeks", required=True, label_visibility="collapsed",
        )  # fmt: skip
        only = st.segmented_control(
            texts.gaps_only, get_args(Only), format_func=words.__getitem__, key="gaps-only",
            label_visibility="collapsed",
        )  # fmt: skip
    return GapsQuery(weeks=weeks or 8, only=only)


def _list(report: GapReport, limit_key: str, frame: Frame) -> None:
    texts = frame.texts
    if not report.gaps:
        st.html(f"<p>{as_html(texts.no_gaps)}</p>")
    for gap in report.gaps:
        _show(gap, frame)
    if report.closed:
        st.html(f'<p class="wd-note">{as_html(texts.closed_gaps.format(count=report.closed))}</p>')
    if report.more:
        more = st.button(texts.more_gaps.format(count=report.more), icon=":material/expand_more:", key="gaps-more")
        if more:
            st.session_state[limit_key] = min(MAX_GAPS, st.session_state.get(limit_key, _LISTED) + _MORE)
            st.rerun()


def draw(frame: Frame) -> None:
    """Draw the page."""
    texts, pack, server = frame.texts, frame.pack.name, connection.client()
    st.html(f'<p class="wd-note">{as_html(texts.gaps_hint)}</p>')
    query = _wanted(texts)
    limit_key = f"gaps-{pack}-{query.weeks}-{query.only}"
    limit = int(st.session_state.get(limit_key, _LISTED))
    report = server.gaps(pack, query.model_copy(update={"limit": limit}))
    if report.weeks:
        st.html(weeks_table(report.weeks, texts))
        st.html(f'<p class="wd-note">{as_html(texts.threshold.format(threshold=report.threshold))}</p>')
    every = query.model_copy(update={"limit": MAX_GAPS})
    if report.gaps:
        st.download_button(
            texts.export_gaps,
            data=lambda: unlabelled_lines(server.gaps(pack, every).gaps).encode(),
            file_name=f"{pack}-unlabelled.jsonl",
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            key="export-gaps",
        )
    _list(report, limit_key, frame)
