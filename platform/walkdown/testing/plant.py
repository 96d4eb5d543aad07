"""A small plant for the fake server: three packs, two documents, and a question for every way an answer can end."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageDraw

from walkdown.answering.phrases import NOTICE
from walkdown.answering.verification.outcome import failed
from walkdown.documents import (
    Answer,
    AnswerStatus,
    Box,
    Check,
    Chunk,
    Claim,
    DocumentStatus,
    Evidence,
    Verdict,
)
from walkdown.errors import LLMUnavailableError, OverloadedError, WalkdownError
from walkdown.testing.fake_server import FakeWorld
from walkdown.text.languages import detect_language
from walkdown.wire import DocumentInfo, PackInfo

ANSWERED = "급수펌프 P-101A의 최소 흡입 압력은?"
QUOTED = "What is the lube oil temperature limit?"
REFUSED = "냉각탑 팬의 윤활유 교체 주기는?"
PROTECTED = (
    "scan-7.pdf is protected by a password. Save a copy without the password in the program it was made with, then "
    "ingest the copy."
)
INCOMPLETE = "급수펌프 정지 순서를 알려줘"
OVERLOADED = "지금 몇 명이 기다리나요?"
BROKEN = "응답 도중 끊기는 질문"

_PROCEDURE = {
    "document_id": "BFP-SOP-012",
    "pack": "power",
    "title": "보일러 급수펌프 기동 절차서",
    "revision": "3",
    "language": "ko",
}
_LUBE = {
    "document_id": "LO-STD-004",
    "pack": "power",
    "title": "Lube oil system standard",
    "revision": "1",
    "language": "en",
}

CHUNKS = (
    Chunk(
        **_PROCEDURE,
        id="bfp-1",
        ordinal=0,
        heading_path=("3 기동 전 점검", "3.2 흡입 조건"),
        text=(
            "3.2 흡입 조건\n급수펌프 P-101A의 흡입 압력은 0.35 MPa 이상이어야 한다. "
            "0.30 MPa 미만이면 기동하지 말고 당직 과장에게 보고한다.\n"
            "| 펌프 | 흡입 압력 | 경보 |\n|---|---|---|\n| P-101A | ≥ 0.35 MPa | 0.32 MPa |\n"
            "| P-101B | ≥ 0.40 MPa | 0.36 MPa |"
        ),
        boxes=(Box(page=2, x0=72, y0=180, x1=520, y1=300),),
        tags=("P-101A", "P-101B"),
    ),
    Chunk(
        **_LUBE,
        id="lube-1",
        ordinal=0,
        heading_path=("1 Scope",),
        text="This standard covers the lube oil systems of units 1 and 2.",
    ),
    Chunk(
        **_LUBE,
        id="lube-2",
        ordinal=1,
        heading_path=("2 Limits",),
        text="Keep the lube oil supply temperature between 40 °C and 49 °C. Trip the pump at 65 °C.",
    ),
    Chunk(**_LUBE, id="lube-3", ordinal=2, heading_path=("3 Sampling",), text="Take an oil sample every 720 h."),
)


def _evidence(*ids: str) -> tuple[Evidence, ...]:
    by_id = {chunk.id: chunk for chunk in CHUNKS}
    return tuple(
        Evidence(number=i, chunk=by_id[name], score=1 / i, scores={"sparse": 0.5, "e5-small": 0.4})
        for i, name in enumerate(ids, 1)
    )


def _passed(*names: str) -> tuple[Check, ...]:
    return tuple(Check(name=name, verdict=Verdict.PASSED) for name in names)


def _answer(status: AnswerStatus, question: str, text: str, evidence: tuple[Evidence, ...], **more: Any) -> Answer:
    language = detect_language(question)
    return Answer(
        status=status,
        pack="power",
        question=question,
        language=language,
        text=text,
        evidence=evidence,
        notice=NOTICE[language],
        timings={"search": 0.04, "first_token": 1.2, "total": 4.2},
        model="qwen2.5-1.5b",
        record_id="0123456789abcdef",
        answerable=0.42,
        **more,
    )


def _answered() -> Answer:
    kept = Claim(
        text="P-101A의 흡입 압력은 0.35 MPa 이상이어야 합니다.",
        citations=(1,),
        checks=(*_passed("citation", "tags"), Check(name="numbers", verdict=Verdict.PASSED, reason="0.35 MPa")),
    )
    second = Claim(
        text="0.30 MPa 미만이면 기동하지 말고 당직 과장에게 보고합니다.", citations=(1,), checks=_passed("citation")
    )
    struck = Claim(
        text="흡입 압력은 0.50 MPa를 넘을 수 없습니다.",
        citations=(1,),
        checks=(failed("numbers", "not_in_passage", what="0.50 MPa"),),
    )
    return _answer(
        AnswerStatus.ANSWERED,
        ANSWERED,
        f"{kept.text} [1]\n{second.text} [1]",
        _evidence("bfp-1", "lube-2", "lube-3"),
        claims=(kept, second),
        struck=(struck,),
    )


def _verbatim(status: AnswerStatus, question: str, chunk: str, reason: str = "") -> Answer:
    evidence = _evidence(chunk)
    claim = Claim(text=evidence[0].chunk.text, citations=(1,), checks=_passed("quote"))
    return _answer(status, question, claim.text, evidence, claims=(claim,), reason=reason)


def _script(pack: str, question: str) -> Iterator[Answer | WalkdownError | tuple[str, dict[str, Any]]]:
    if question == OVERLOADED:
        yield OverloadedError(
            "The server already works on 2 questions and 8 more are waiting.", "Ask again in about 5 seconds."
        )
        return
    yield "stage", {"name": "searching"}
    match question:
        case str() if question == REFUSED:
            evidence = _evidence("lube-3", "bfp-1")
            yield "evidence", {"evidence": [e.model_dump(mode="json") for e in evidence]}
            yield _answer(AnswerStatus.REFUSED, question, "문서에 없습니다.", evidence, reason="no passage states it")
        case str() if question == QUOTED:
            yield _verbatim(AnswerStatus.QUOTED, question, "lube-2")
        case str() if question == INCOMPLETE:
            yield _verbatim(AnswerStatus.INCOMPLETE, question, "bfp-1", "The language model did not finish in time.")
        case str() if question == BROKEN:
            yield "token", {"text": "급수펌프는"}
            yield LLMUnavailableError("The language model stopped in the middle.", "Try again; see `walkdown doctor`.")
        case _:
            answer = _answered()
            yield "evidence", {"evidence": [e.model_dump(mode="json") for e in answer.evidence]}
            yield "stage", {"name": "writing"}
            for word in answer.text.split(" "):
                yield "token", {"text": f"{word} "}
            yield "stage", {"name": "checking"}
            language = detect_language(question)
            told = {"question": question, "pack": pack, "language": language, "notice": NOTICE[language]}
            yield answer.model_copy(update=told)


def page_png(chunk: Chunk) -> bytes:
    """An A4 page at 130 dpi with grey lines for text and the chunk's box in yellow."""
    scale = 130 / 72
    image = Image.new("RGB", (round(595 * scale), round(842 * scale)), "white")
    draw = ImageDraw.Draw(image)
    for box in chunk.boxes:
        draw.rectangle([v * scale for v in (box.x0, box.y0, box.x1, box.y1)], fill="#ffe97a")
    for y in range(72, 770, 18):
        draw.line([72 * scale, y * scale, (520 - y % 90) * scale, y * scale], fill="#555555", width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _documents() -> list[DocumentInfo]:
    def info(place: dict[str, Any], chunks: int, file_name: str, media_type: str, **more: Any) -> DocumentInfo:
        fields = {"status": DocumentStatus.IN_FORCE, "sha256": "0" * 64, **more}
        named = {"id": place["document_id"], **{k: place[k] for k in ("pack", "title", "revision", "language")}}
        return DocumentInfo(**named, chunks=chunks, file_name=file_name, media_type=media_type, **fields)

    lost = {"document_id": "scan-7", "pack": "power", "title": "scan-7.pdf", "revision": "", "language": "ko"}
    return [
        info(_PROCEDURE, 1, "BFP-SOP-012.pdf", "application/pdf", effective_date=dt.date(2024, 3, 1)),
        info(_LUBE, 3, "LO-STD-004.md", "text/markdown"),
        info(lost, 0, "scan-7.pdf", "application/pdf", status=DocumentStatus.FAILED, error=PROTECTED),
    ]


def _report() -> dict[str, Any]:
    def row(group: str, questions: int, first: float, number: float | None) -> dict[str, Any]:
        return {
            "group": group, "questions": questions, "retrieval": {"R@1": first, "R@5": 0.93, "nDCG@10": 0.88},
            "answered": questions - 2, "citation_hit": 0.91, "number_match": number, "refusal_precision": 1.0,
            "refusal_recall": None, "unscored": 1,
        }  # fmt: skip

    return {
        "pack": "power",
        "set_name": "dev",
        "at": "2025-01-15T03:10:00Z",
        "model": "qwen2.5-1.5b",
        "seconds": 312.4,
        "summaries": [row("all", 30, 0.8, 0.86), row("ko", 16, 0.81, 0.9), row("cross", 4, 0.5, None)],
        "outcomes": [],
    }


def _pack(name: str, ko: str, en: str, examples: tuple[str, ...] = ()) -> PackInfo:
    return PackInfo(
        name=name,
        version="0.1.0",
        title={"ko": ko, "en": en},
        description={"ko": f"{ko} 설비의 절차서와 기준", "en": f"Procedures and standards of {en.lower()} plants"},
        languages=("ko", "en"),
        example_questions={"ko": examples, "en": (QUOTED,)},
        documents=2,
        chunks=len(CHUNKS),
    )


def plant_world() -> FakeWorld:
    """The plant, fresh."""
    return FakeWorld(
        packs=[
            _pack("power", "발전", "Power", (ANSWERED, REFUSED)),
            _pack("chemical", "화학", "Chemical"),
            _pack("bio", "바이오", "Biotech"),
        ],
        script=_script,
        documents=_documents(),
        chunks={chunk.id: chunk for chunk in CHUNKS},
        pages={"bfp-1": page_png(CHUNKS[0])},
        originals={"BFP-SOP-012": b"%PDF-1.7 sample", "LO-STD-004": b"# Lube oil system standard\n"},
        reports={"power": _report()},
    )
