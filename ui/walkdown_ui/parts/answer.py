"""A checked answer: its status in words, its claims with citations, what was struck, and what was checked."""

from collections.abc import Sequence

import streamlit as st

from walkdown.carried import lines_behind
from walkdown.documents import Answer, AnswerPart, AnswerStatus, Check, Claim, Evidence, Language, Verdict
from walkdown.reasons import reason_of
from walkdown_ui import session
from walkdown_ui.asking import Turn
from walkdown_ui.inert import as_html, as_label
from walkdown_ui.parts.gap import show_gap
from walkdown_ui.parts.passage import passage_html
from walkdown_ui.texts import Texts

_TITLE_CHARS = 34
_SNIPPET_CHARS = 220


def cite_button(turn: Turn, evidence: Evidence, texts: Texts, key: str) -> None:
    """A button that opens a passage, named by number, title and page."""
    chunk = evidence.chunk
    page = f" · {texts.page.format(page=chunk.page)}" if chunk.page is not None else ""
    st.button(
        f"**\\[{evidence.number}\\]** {as_label(chunk.title, _TITLE_CHARS)}{page}",
        key=f"{key}-{turn.number}-{evidence.number}",
        type="primary" if session.is_open(turn, evidence.number) else "secondary",
        on_click=session.open_source,
        args=(turn, evidence.number),
    )


def cite_buttons(turn: Turn, evidence: tuple[Evidence, ...], texts: Texts, key: str) -> None:
    """Buttons of several passages in a row."""
    with st.container(horizontal=True, gap="small", key=f"wd-cites-{key}-{turn.number}"):
        for item in evidence:
            cite_button(turn, item, texts, key)


def answer_word(status: AnswerStatus, texts: Texts) -> str:
    """A status in a word of the reader's language."""
    match status:
        case AnswerStatus.ANSWERED:
            return texts.answered
        case AnswerStatus.QUOTED:
            return texts.quoted
        case AnswerStatus.REFUSED:
            return texts.refused
        case AnswerStatus.INCOMPLETE:
            return texts.incomplete


def _status_sentence(answer: Answer, texts: Texts) -> str:
    match answer.status:
        case AnswerStatus.ANSWERED:
            return texts.partly_hint if answer.struck else texts.answered_hint
        case AnswerStatus.QUOTED:
            return texts.unverified_hint if answer.struck else texts.quoted_hint
        case AnswerStatus.REFUSED:
            return texts.refused_hint
        case AnswerStatus.INCOMPLETE:
            return texts.incomplete_hint


def parts_text(parts: Sequence[AnswerPart], texts: Texts) -> str:
    """What became of each question of several asked at once, a line each."""
    return "\n".join(f"{i}. {p.question} — {answer_word(p.status, texts)}" for i, p in enumerate(parts, 1))


def _show_status(answer: Answer, texts: Texts) -> None:
    word, sentence = answer_word(answer.status, texts), _status_sentence(answer, texts)
    st.html(f'<p class="wd-status wd-{answer.status}"><b>{as_html(word)}</b> <span>{as_html(sentence)}</span></p>')


def _show_claim(turn: Turn, claim: Claim, texts: Texts, *, verbatim: bool, key: str, lines: Sequence[str] = ()) -> None:
    """`lines` are what the documents say of it, shown under the statement in the model's words."""
    tag = "blockquote" if verbatim else "div"
    st.html(f'<{tag} class="wd-claim">{passage_html(claim.text)}</{tag}>')
    if lines:
        head = f'<p class="wd-label">{as_html(texts.lines_behind)}</p>'
        st.html(f'<blockquote class="wd-near wd-behind">{head}{passage_html(chr(10).join(lines))}</blockquote>')
    cited = tuple(e for n in claim.citations if (e := turn.passage(n)) is not None)
    if any(figure.doubtful for item in cited for figure in item.chunk.figures_in(claim.text)):
        st.html(f'<p class="wd-warning">{as_html(texts.check_page)}</p>')
    cite_buttons(turn, cited, texts, key)


def reason_beside(check: Check, texts: Texts, language: Language) -> str:
    """The reason of a failed check, or "" where it says no more than what the page says of every such check."""
    reason = reason_of(check, language)
    return "" if reason == texts.check_failures.get(check.name, "").rstrip(".") else reason


def _show_struck(struck: tuple[Claim, ...], texts: Texts) -> None:
    items = []
    for claim in struck:
        failed = [check for check in claim.checks if check.verdict is Verdict.FAILED]
        why = " ".join(texts.check_failures.get(check.name, check.name) for check in failed)
        reasons = " · ".join(filter(None, (reason_beside(check, texts, session.language()) for check in failed)))
        items.append(
            f"<li><s>{as_html(claim.text)}</s><br><b>{as_html(why)}</b>"
            + (f' <span class="wd-reason">{as_html(reasons)}</span>' if reasons else "")
            + "</li>"
        )
    head = f"<b>{as_html(texts.struck)}</b> {as_html(texts.struck_hint)}"
    st.html(f'<div class="wd-struck">{head}<ul>{"".join(items)}</ul></div>')


def _show_nearest(turn: Turn, answer: Answer, texts: Texts) -> None:
    if not answer.evidence:
        st.html(f'<p class="wd-note">{as_html(texts.nothing_near)}</p>')
        return
    st.html(f'<p class="wd-label">{as_html(texts.nearest)}</p>')
    for item in answer.evidence:
        text = item.chunk.text
        snippet = text if len(text) <= _SNIPPET_CHARS else text[:_SNIPPET_CHARS].rstrip() + "…"
        st.html(f'<blockquote class="wd-near">{passage_html(snippet)}</blockquote>')
        cite_buttons(turn, (item,), texts, f"near{item.number}")


def _checks_table(claim: Claim, texts: Texts) -> str:
    words = {Verdict.PASSED: texts.passed, Verdict.FAILED: texts.failed_check, Verdict.SKIPPED: texts.skipped}
    rows = "".join(
        f"<tr><td>{as_html(texts.check_names.get(c.name, c.name))}</td>"
        f'<td class="wd-{c.verdict}">{words[c.verdict]}</td><td>{as_html(reason_of(c, session.language()))}</td></tr>'
        for c in claim.checks
    )
    head = "".join(
        f"<th>{as_html(name)}</th>"
        for name in (texts.checks_header_check, texts.checks_header_verdict, texts.checks_header_reason)
    )
    return f"<p>{as_html(claim.text)}</p><table><tr>{head}</tr>{rows}</table>"


def _show_details(turn: Turn, answer: Answer, texts: Texts) -> None:
    with st.expander(texts.checks, icon=":material/rule:"):
        claims = (*answer.claims, *answer.struck)
        tables = "".join(_checks_table(claim, texts) for claim in claims) or as_html(texts.no_checks)
        reason = f"<p><b>{as_html(texts.detail)}</b> {as_html(answer.reason)}</p>" if answer.reason else ""
        likely = ""
        if answer.answerable is not None:
            likely = f"<p>{as_html(texts.likely.format(percent=round(answer.answerable * 100)))}</p>"
        facts = texts.run_facts.format(
            seconds=f"{answer.timings.get('total', 0.0):.1f}",
            model=answer.model or texts.no_model,
            record=answer.record_id[:12],
        )
        st.html(f'<div class="wd-checks">{reason}{likely}{tables}<p class="wd-note">{as_html(facts)}</p></div>')
    cited = {n for claim in answer.claims for n in claim.citations}
    if answer.status is not AnswerStatus.REFUSED and len(answer.evidence) > len(cited):
        with st.expander(texts.all_passages.format(count=len(answer.evidence)), icon=":material/library_books:"):
            cite_buttons(turn, answer.evidence, texts, "all")


def _tells_why(answer: Answer) -> bool:
    return answer.status is AnswerStatus.REFUSED and not answer.parts and not answer.procedures


def _show_why(answer: Answer, texts: Texts) -> None:
    """Why nothing is answered, and the tags nearest to one that no document names, before the passages."""
    lines = [answer.reason] if answer.reason else []
    for line in (*lines, *answer.findings):
        st.html(f'<p class="wd-note"><b>{as_html(texts.finding)}</b> {as_html(line)}</p>')


def _show_besides(answer: Answer, texts: Texts) -> None:
    """Warnings, contacts and procedures of safety topics, and what else a reader should know."""
    for name, lines, kind in (
        (texts.warning, answer.warnings, "wd-warning"),
        (texts.contact, answer.contacts, "wd-note"),
        (texts.procedure, answer.procedures, "wd-note"),
        (texts.finding, () if _tells_why(answer) else answer.findings, "wd-note"),
    ):
        for line in lines:
            st.html(f'<p class="{kind}"><b>{as_html(name)}</b> {as_html(line)}</p>')


def show_answer(turn: Turn, answer: Answer, texts: Texts) -> None:
    """Draw a checked answer."""
    _show_status(answer, texts)
    if _tells_why(answer):
        _show_why(answer, texts)
    verbatim = answer.status is not AnswerStatus.ANSWERED
    if answer.parts or answer.procedures:
        # What became of each part, and what is refused for safety, stands in the text.
        text = parts_text(answer.parts, texts)
        st.html(f'<div class="wd-claim">{passage_html(text or answer.text.split(chr(10))[0])}</div>')
    quoted = [verbatim or any(check.name == "quote" for check in claim.checks) for claim in answer.claims]
    behind = [() if quoted[i] else lines_behind(claim, answer.evidence) for i, claim in enumerate(answer.claims)]
    for i, claim in enumerate(answer.claims):
        # Sentences in a row that rest on the same lines share them.
        lines = behind[i] if behind[i] != (*behind, ())[i + 1] else ()
        _show_claim(turn, claim, texts, verbatim=quoted[i], key=f"claim{i}", lines=lines)
    if answer.nearest:
        st.html(f'<p class="wd-label">{as_html(texts.nearest_lines)}</p>')
        for i, claim in enumerate(answer.nearest):
            _show_claim(turn, claim, texts, verbatim=True, key=f"line{i}")
    if answer.status is AnswerStatus.REFUSED:
        _show_nearest(turn, answer, texts)
        show_gap(turn, answer, texts)
    if answer.struck:
        _show_struck(answer.struck, texts)
    _show_besides(answer, texts)
    st.html(f'<p class="wd-notice">{as_html(answer.notice or texts.advice)}</p>')
    _show_details(turn, answer, texts)
