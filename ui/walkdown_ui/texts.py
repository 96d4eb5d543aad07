"""All sentences of the UI. A language is an instance of `Texts`, so a missing sentence is a type error.

Words in braces are filled in with `str.format`; all languages use the same ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The sentences of the UI in one language."""

    # Frame
    ask_page: str
    documents_page: str
    evaluation_page: str
    gaps_page: str
    pack: str
    language: str
    advice: str
    warning: str
    contact: str
    procedure: str
    finding: str
    without_model: str
    loading: str
    # Problems
    server_down: str
    server_down_hint: str
    retry: str
    remedy: str
    unexpected: str
    no_packs: str
    no_packs_hint: str
    broken_pack: str
    # Asking
    welcome: str
    welcome_hint: str
    examples: str
    input: str
    clear: str
    stage_searching: str
    stage_reading: str
    stage_writing: str
    stage_checking: str
    waited: str
    draft: str
    stop: str
    stopped: str
    stopped_hint: str
    found_so_far: str
    failed: str
    # Earlier conversations
    recent: str
    earlier_turns: str
    asked_at: str
    outdated: str
    closed_answer: str
    no_conversation: str
    # Answers
    answered: str
    answered_hint: str
    partly_hint: str
    quoted: str
    quoted_hint: str
    unverified_hint: str
    refused: str
    refused_hint: str
    incomplete: str
    incomplete_hint: str
    detail: str
    nearest: str
    nearest_lines: str
    lines_behind: str
    nothing_near: str
    report_gap: str
    gap_note: str
    gap_reported: str
    struck: str
    struck_hint: str
    all_passages: str
    checks: str
    no_checks: str
    checks_header_check: str
    checks_header_verdict: str
    checks_header_reason: str
    passed: str
    failed_check: str
    skipped: str
    run_facts: str
    likely: str
    no_model: str
    # Sources
    close: str
    page: str
    revision: str
    document_number: str
    passage: str
    carried: str
    page_caption: str
    whole_page: str
    goes_on: str
    in_context: str
    before: str
    no_page: str
    recognised: str
    check_page: str
    download: str
    gone: str
    source_withdrawn: str
    source_superseded: str
    # Documents
    documents_hint: str
    no_documents: str
    no_documents_hint: str
    find_document: str
    in_force: str
    superseded: str
    pending: str
    conflict: str
    withdrawn: str
    failed_document: str
    passages: str
    failures: str
    column_title: str
    column_status: str
    column_language: str
    column_file: str
    column_date: str
    select_document: str
    # Evaluation
    evaluation_hint: str
    no_evaluation: str
    no_evaluation_hint: str
    not_scored: str
    evaluation_facts: str
    column_group: str
    column_questions: str
    citation_hit: str
    number_match: str
    refusal_precision: str
    refusal_recall: str
    unscored: str
    all_questions: str
    cross: str
    measures_help: str
    # Questions without a sure answer
    gaps_hint: str
    gaps_weeks: str
    weeks: str
    gaps_only: str
    no_gaps: str
    column_week: str
    column_asked: str
    uncertain: str
    partly: str
    reported: str
    threshold: str
    why: str
    reader_was_told: str
    gap_probability: str
    missing: str
    asked_before: str
    settled_since: str
    reported_with: str
    gap_record: str
    stands_now: str
    gone_document: str
    closed_gaps: str
    more_gaps: str
    export_gaps: str
    # Names of things that come as codes
    check_names: Mapping[str, str]
    check_failures: Mapping[str, str]
    language_names: Mapping[str, str]
