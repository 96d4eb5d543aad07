"""The page of evaluations: the latest run of each pack, by language, where "not scored" is never a zero."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, ValidationError

from walkdown.errors import WalkdownError
from walkdown_ui import connection
from walkdown_ui.inert import as_html
from walkdown_ui.languages import in_language
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts


class GroupScores(BaseModel):
    """Mean scores of one group of questions; None could not be scored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    group: str
    questions: int
    retrieval: Mapping[str, float | None] = {}
    citation_hit: float | None = None
    number_match: float | None = None
    refusal_precision: float | None = None
    refusal_recall: float | None = None
    unscored: int = 0


class EvaluationRun(BaseModel):
    """What the page shows of a report; what else a report holds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pack: str
    set_name: str
    at: dt.datetime
    model: str = ""
    seconds: float = 0.0
    summaries: tuple[GroupScores, ...] = ()


def group_name(group: str, texts: Texts) -> str:
    """A group of questions in words: all, a language, or those whose document is in another language."""
    words = {"all": texts.all_questions, "cross": texts.cross, **texts.language_names}
    return words.get(group, group)


def score(value: float | None, texts: Texts) -> str:
    """A score with two decimals, or that it could not be scored."""
    return texts.not_scored if value is None else f"{value:.2f}"


def scores_table(run: EvaluationRun, texts: Texts) -> str:
    """The scores of a run as an HTML table with a row per group."""
    measures = list(dict.fromkeys(name for s in run.summaries for name in s.retrieval))
    head = [
        texts.column_group, texts.column_questions, *measures, texts.citation_hit, texts.number_match,
        texts.refusal_precision, texts.refusal_recall, texts.unscored,
    ]  # fmt: skip
    rows = []
    for s in run.summaries:
        values = (
            *(s.retrieval.get(name) for name in measures),
            s.citation_hit, s.number_match, s.refusal_precision, s.refusal_recall,
        )  # fmt: skip
        cells = [group_name(s.group, texts), str(s.questions), *(score(v, texts) for v in values), str(s.unscored)]
        marks = ["", "", *(' class="wd-unscored"' if v is None else "" for v in values), ""]
        rows.append("<tr>" + "".join(f"<td{m}>{as_html(c)}</td>" for m, c in zip(marks, cells, strict=True)) + "</tr>")
    headings = "".join(f"<th>{as_html(name)}</th>" for name in head)
    return f'<div class="wd-scroll"><table class="wd-scores"><tr>{headings}</tr>{"".join(rows)}</table></div>'


def _read(report: Mapping[str, Any]) -> EvaluationRun:
    try:
        return EvaluationRun.model_validate(report)
    except ValidationError as error:
        raise WalkdownError(
            "An evaluation report is not of the form this UI reads.", "Run the evaluation again with this version."
        ) from error


def draw(frame: Frame) -> None:
    """Draw the page: the chosen pack's run first, then the others'."""
    texts, language = frame.texts, frame.language
    reports = connection.client().eval_reports()
    packs = sorted(connection.packs(), key=lambda pack: pack.name != frame.pack.name)
    st.html(f'<p class="wd-note">{as_html(texts.evaluation_hint)}</p>')
    for pack in packs:
        title = in_language(pack.title, language, pack.name)
        st.html(f'<h2 class="wd-heading">{as_html(title)}</h2>')
        if pack.name not in reports:
            st.html(f"<p>{as_html(texts.no_evaluation)}</p>")
            st.markdown(texts.no_evaluation_hint.format(pack=pack.name))
            continue
        run = _read(reports[pack.name])
        facts = texts.evaluation_facts.format(
            set=run.set_name,
            at=f"{run.at.astimezone():%Y-%m-%d %H:%M}",
            model=run.model or texts.no_model,
            seconds=f"{run.seconds:.0f}",
        )
        st.html(f'<p class="wd-note">{as_html(facts)}</p>{scores_table(run, texts)}')
    st.html(f'<p class="wd-note">{as_html(texts.measures_help)}</p>')
