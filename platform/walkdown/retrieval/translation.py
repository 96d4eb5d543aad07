"""Translates a question into another language of the corpus with the language model, given the words that are known.

A translation is only a further wording to search with, never shown as fact; one that loses a tag or a number, is in
the wrong language or runs on is thrown away. Failing is silent: search goes on without it.
"""

import time
from collections import OrderedDict
from threading import Lock

import httpx
import openai
import structlog

from walkdown.documents import Language
from walkdown.packs.schema import Pack
from walkdown.retrieval.understanding import QueryPlan, spoken_of
from walkdown.text.languages import detect_language
from walkdown.text.quantities import find_quantities
from walkdown.text.tags import find_tags
from walkdown.tls import trusted

_log = structlog.get_logger()

_NAMES: dict[Language, str] = {"ko": "Korean", "en": "English", "zh": "Chinese", "ja": "Japanese", "es": "Spanish"}
_EXAMPLES: dict[Language, tuple[tuple[str, str], ...]] = {
    "ko": (
        ("What is the low-low drum level trip?\nTerms: drum level=드럼 수위; trip=트립", "드럼 수위 저저 트립 값은?"),
        ("When must the operator report a leak?\nTerms: leak=누출", "누출을 언제 보고해야 하는가?"),
    ),
    "en": (
        (
            "드럼 수위 저저 트립 값은?\nTerms: 드럼 수위=drum level; 트립=trip",
            "What is the low-low drum level trip value?",
        ),
        ("누출은 언제까지 보고해야 돼?\nTerms: 누출=leak", "By when must a leak be reported?"),
    ),
}
_MAX_TOKENS = 80
_PAUSE = 30.0
"""Seconds without translations after the server failed or was too slow: a search must not wait for it again."""
_CACHE_SIZE = 2048


def usable(question: str, translation: str, target: Language, pack: Pack) -> bool:
    """True when the translation is in the target language, keeps tags and numbers, and does not run on."""
    if not translation or detect_language(translation) != target:
        return False
    if len(translation) > 4 * len(question) + 40:
        return False
    words = translation.split()
    if len(words) > 8 and len(set(words)) < len(words) / 3:
        return False
    tags = {t.normal for t in find_tags(question, pack.grammar)}
    if not tags <= {t.normal for t in find_tags(translation, pack.grammar)}:
        return False
    numbers = {q.value for q in find_quantities(question)}
    return numbers <= {q.value for q in find_quantities(translation)}


def known_words(question: str, pack: Pack, target: Language) -> str:
    """The question's words as the glossary and the lexicon have them in the target language: small models know few."""
    pairs = [
        f"{concept.written}={names[0]}"
        for concept in spoken_of(question, pack)
        if concept.weight == 1.0
        and (names := concept.names(target))
        and names[0].casefold() != concept.written.casefold()
    ]
    return "; ".join(dict.fromkeys(pairs))


class LLMTranslator:
    """`Translator` over an OpenAI-compatible server; keeps what it has translated."""

    def __init__(self, base_url: str, model: str, *, api_key: str = "", timeout: float = 5.0) -> None:
        url = base_url.rstrip("/")
        self._model = model
        self._client = openai.OpenAI(
            base_url=url if url.endswith("/v1") else f"{url}/v1",
            api_key=api_key or "none",
            max_retries=0,
            timeout=timeout,
            # A question goes to the server named and nowhere else: no proxy of the environment.
            http_client=httpx.Client(timeout=timeout, trust_env=False, verify=trusted()),
        )
        self._cache: OrderedDict[tuple[str, str, Language], str | None] = OrderedDict()
        self._lock = Lock()
        self._paused_until = 0.0

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        """The question in `target`, or None when there is no usable translation."""
        key = (pack.name, plan.question, target)
        with self._lock:
            if key in self._cache:
                return self._cache[key]
            if time.monotonic() < self._paused_until:
                return None
        try:
            text = self._request(plan.question, pack, target)
        except (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, AttributeError, IndexError) as error:
            # The SDK builds its objects from whatever JSON comes, unchecked.
            _log.warning("translation failed", error=type(error).__name__, target=target)
            with self._lock:
                self._paused_until = time.monotonic() + _PAUSE
            return None
        translation = text if usable(plan.question, text, target, pack) else None
        with self._lock:
            self._cache[key] = translation
            while len(self._cache) > _CACHE_SIZE:
                self._cache.popitem(last=False)
        return translation

    def _request(self, question: str, pack: Pack, target: Language) -> str:
        hints = known_words(question, pack, target)
        turns: list[dict[str, str]] = [
            {
                "role": "system",
                "content": f"Translate the question of a plant engineer into {_NAMES[target]}. "
                "Use the given terms where they fit. Reply with the translation only.",
            }
        ]
        for asked, reply in _EXAMPLES.get(target, ()):
            turns += [{"role": "user", "content": asked}, {"role": "assistant", "content": reply}]
        turns.append({"role": "user", "content": f"{question}\nTerms: {hints}" if hints else question})
        done = self._client.chat.completions.create(
            model=self._model,
            messages=turns,  # type: ignore[arg-type]  # the SDK wants its own typed dicts
            max_tokens=_MAX_TOKENS,
            temperature=0,
            frequency_penalty=0.2,
        )
        return (done.choices[0].message.content or "").strip().split("\n")[0]
