"""What a domain pack is: the pydantic schema of `pack.yaml` and of the files it names."""

from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from walkdown.documents import Language
from walkdown.packs.calibration import Calibration
from walkdown.packs.safety import SafetyTopic
from walkdown.packs.texts import Texts as Texts
from walkdown.text.tags import TagPattern
from walkdown.text.units import conversion


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentType(_Part):
    """A kind of document the vertical lives on."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Texts


class TagRule(_Part):
    """One rule of the tag grammar with what it must and must not find."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    pattern: str
    examples: Annotated[tuple[str, ...], Field(min_length=1)]
    counterexamples: tuple[str, ...] = ()


TAG_KINDS = frozenset(
    "alarm batch board change document equipment function instrument interlock kks line loop lot material order permit"
    " product protection rds_pp relay room sample_point setpoint switchgear valve".split()
)
"""Kinds of tags that need no declaration; a pack's own kinds stand in `tag_kinds`."""
QUESTION_TAGS = frozenset("as-of cross defeat multi-document multi-turn near-miss revision safety tag-lookup".split())
"""What a question of an evaluation set may be tagged with."""


Factor = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class JudgeParameters(_Part):
    """The language model's judgement of the first `passages` of the search, of which it reads `chars` characters each.

    After `seconds` the order of the search stays as it is. One standard deviation of the log-odds counts as `weight` of
    the scores (decision 0034).
    """

    passages: Annotated[int, Field(ge=2, le=20)] = 6
    chars: Annotated[int, Field(ge=80, le=2000)] = 200
    seconds: Annotated[float, Field(gt=0, le=60)] = 5.0
    weight: Annotated[float, Field(ge=0, le=10)] = 1.5


class RetrievalParameters(_Part):
    """How a pack's questions are searched. Weights multiply a branch's reciprocal-rank share.

    All branches of another language together weigh `cross_share` of those of the question's own. `evidence`
    passages are kept; the model is shown their nearest lines, `prompt_chars` characters in all. `reranker` orders the
    first `rerank_depth` passages anew, by a linear model whose weights `rerank_weights` may replace one by one. A
    language model translates questions that are neither Korean nor English, which nothing else carries across
    (`translate: foreign`), all of them (`all`) or none (`never`): decision 0033. With `judge` it also judges the first
    passages after they were ordered anew.
    """

    candidates: Annotated[int, Field(ge=5, le=500)] = 60
    evidence: Annotated[int, Field(ge=1, le=12)] = 6
    prompt_chars: Annotated[int, Field(ge=200, le=20000)] = 900
    dense_weights: dict[str, Factor] = Field(default_factory=lambda: {"e5-small": 1.0, "use-multilingual": 0.3})
    cross_weights: dict[str, Factor] = Field(default_factory=lambda: {"e5-small": 1.0, "use-multilingual": 0.3})
    cross_share: Annotated[float, Field(ge=0, le=2)] = 1.0
    rank_constant: Annotated[int, Field(ge=1, le=1000)] = 10
    sparse_weight: Factor = 1.0
    tag_weight: Factor = 2.0
    translate: Literal["foreign", "all", "never"] = "foreign"
    translation_weight: Factor = 0.3
    reranker: Literal["none", "features"] = "features"
    rerank_depth: Annotated[int, Field(ge=5, le=200)] = 60
    rerank_weights: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = Field(default_factory=dict)
    judge: JudgeParameters | None = None


class Thresholds(_Part):
    """Where answering stops. The first two are probabilities, below which the question is refused.

    `evidence` is held against what the passages found say before a model is asked (None: the threshold of the
    calibration, 0: never), `answerable` against the model's own `yes`. `words` is the size, in billions of parameters,
    from which a model's sentences are shown though code bears out no amount in them; 0: whatever its size.
    """

    answerable: Annotated[float, Field(ge=0, le=1)] = 0.5
    evidence: Annotated[float, Field(ge=0, le=1)] | None = None
    words: Annotated[float, Field(ge=0)] = 4.0


class EvaluationSets(_Part):
    """Question files: `dev` is for tuning, `test` is never tuned on."""

    dev: str
    test: str


MANIFEST = "pack.yaml"


class PackManifest(_Part):
    """The content of `pack.yaml`. Paths are relative to the pack's folder.

    Without `safety` the file safety.yaml is taken if there is one.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,31}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Texts
    description: Texts
    site: Texts | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    document_types: tuple[DocumentType, ...]
    tags: tuple[TagRule, ...]
    tag_kinds: tuple[str, ...] = ()
    prompts: dict[Language, str]
    glossary: str = "glossary.csv"
    corpus: str = "corpus"
    safety: str | None = None
    evaluation: EvaluationSets
    retrieval: RetrievalParameters = RetrievalParameters()
    thresholds: Thresholds = Thresholds()
    example_questions: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    site_units: dict[str, str] = Field(default_factory=dict)
    """A unit of documents to the one the site uses (`psi: bar`): answers give both, the second marked as converted."""

    @field_validator("site_units")
    @classmethod
    def _units_are_of_one_kind(cls, units: dict[str, str]) -> dict[str, str]:
        for old, new in units.items():
            try:
                kinds = {conversion(unit)[0] for unit in (old, new)}
            except KeyError as error:
                raise ValueError(
                    f"{error.args[0]!r} is no unit that is known; write it as documents do (bar, °C)"
                ) from None
            if len(kinds) > 1:
                raise ValueError(
                    f"{old} and {new} are not units of the same kind (psig is a gauge pressure, psi is not)"
                )
        return units

    @field_validator("document_types")
    @classmethod
    def _types_are_told_apart(cls, types: tuple[DocumentType, ...]) -> tuple[DocumentType, ...]:
        ids = [kind.id for kind in types]
        twice = sorted({identity for identity in ids if ids.count(identity) > 1})
        if twice:
            raise ValueError(f"the id {', '.join(twice)} is given to two document types; keep one of them")
        return types

    @field_validator("corpus")
    @classmethod
    def _corpus_is_inside(cls, corpus: str) -> str:
        path = PurePosixPath(corpus.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not path.parts or ":" in corpus:
            raise ValueError(f"{corpus!r} is no folder inside the pack; a pack brings its documents with it")
        return corpus

    @field_validator("prompts")
    @classmethod
    def _languages_have_prompts(cls, prompts: dict[Language, str]) -> dict[Language, str]:
        missing = [language for language in ("ko", "en") if language not in prompts]
        if missing:
            raise ValueError(f"the prompt in {' and '.join(missing)} is missing")
        return prompts


class GlossaryEntry(_Part):
    """One term of the vertical. Synonyms are in either language; `unit` is given where it is a quantity."""

    ko: str
    en: str
    abbreviation: str = ""
    synonyms: tuple[str, ...] = ()
    definition: str = ""
    unit: str = ""
    note: str = ""

    def forms(self) -> tuple[str, ...]:
        """All ways to write the term."""
        return tuple(form for form in (self.ko, self.en, self.abbreviation, *self.synonyms) if form)


class EvaluationEvidence(_Part):
    """Where the answer stands: document, page where it has pages, and the exact words.

    `revision` is given for a revision that is no longer in force.
    """

    document_id: str
    revision: str | None = None
    page: int | None = None
    quote: str | None = None


class EvaluationQuestion(_Part):
    """One question of an evaluation set (the contract of JSON Lines files).

    `reviewed` is the note of the second reader: what was corrected. `unlabelled` marks a question from use of which
    nobody has said yet what answers it; it is measured by nothing.
    """

    id: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1, pattern=r"\S")]
    language: Language
    answer: str | None = None
    answer_type: str = ""
    evidence: tuple[EvaluationEvidence, ...] = ()
    answerable: bool = True
    tags: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    expect: Literal["answered", "quoted", "refused"] | None = None
    reviewed: str = ""
    unlabelled: dict[str, Any] | None = None

    @property
    def expected(self) -> str:
        """The status a right reply has: `expect`, else answered where it can be and refused where it cannot."""
        return self.expect or ("answered" if self.answerable else "refused")

    @model_validator(mode="after")
    def _answerable_has_evidence(self) -> Self:
        if self.answerable and not self.evidence and self.unlabelled is None:
            raise ValueError("an answerable question names its evidence")
        if self.answerable == (self.expect == "refused") and self.expect is not None:
            raise ValueError(f"a question with answerable {str(self.answerable).lower()} cannot expect {self.expect}")
        return self


class Pack(BaseModel):
    """A loaded pack: the manifest and everything it points to, ready for use.

    `release` is the version of a published pack; "" for the files of the installation or of a folder. `calibration` is
    the pack's own, if it has one.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    manifest: PackManifest
    folder: Path
    prompts: dict[Language, str]
    glossary: tuple[GlossaryEntry, ...]
    grammar: tuple[TagPattern, ...]
    safety: tuple[SafetyTopic, ...] = ()
    calibration: Calibration | None = None
    release: str = ""

    @property
    def name(self) -> str:
        """The name in URLs, index and registry: that of the manifest, with the version of a published pack.

        Each version has its documents under a name of its own, so the pack at hand decides alone what is searched.
        """
        return f"{self.manifest.name}@{self.release}" if self.release else self.manifest.name

    @property
    def corpus_dir(self) -> Path:
        """Folder of the pack's own documents."""
        return self.folder / self.manifest.corpus
