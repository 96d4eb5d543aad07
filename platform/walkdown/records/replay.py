"""What an answer would be today, and why it differs: the record held against the same question asked again."""

from collections.abc import Mapping, Sequence
from typing import Any

from walkdown.documents import Answer, Verdict
from walkdown.records.answers import AnswerRecord
from walkdown.wire import Difference, Replay


def _hits(trace: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {str(h["id"]): dict(h) for h in trace.get("hits", ())}


def _passages(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    old, new = _hits(then), _hits(now)
    revisions = {h["document"]: h["revision"] for h in new.values()}
    out = []
    for gone in [h for key, h in old.items() if key not in new]:
        other = revisions.get(gone["document"])
        why = "it is no longer among the best passages"
        if other is not None and other != gone["revision"]:
            why = f"the document is now of revision {other or '(none)'}"
        elif gone["document"] not in revisions:
            why = "no passage of the document is found any more: withdrawn, or others rank before it"
        out.append(Difference(what="passage", then=_named(gone), now="", why=why))
    known = {h["document"] for h in old.values()}
    for come in [h for key, h in new.items() if key not in old]:
        why = "" if come["document"] in known else "the document was not among the passages then"
        out.append(Difference(what="passage", then="", now=_named(come), why=why))
    return out


def _named(hit: Mapping[str, Any]) -> str:
    return f"{hit['document']} rev. {hit['revision']} ({hit['id']})"


def _plan(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    old, new = dict(then.get("plan") or {}), dict(now.get("plan") or {})
    return [
        Difference(what=f"plan: {key}", then=str(old.get(key, "")), now=str(new.get(key, "")), why="the pack changed")
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _claims(then: Answer, now: Answer) -> list[Difference]:
    def listed(answer: Answer) -> dict[str, str]:
        kept = {c.text: "stands" for c in answer.claims}
        failed = {
            c.text: "struck: " + ", ".join(x.name for x in c.checks if x.verdict is Verdict.FAILED)
            for c in answer.struck
        }
        return failed | kept

    old, new = listed(then), listed(now)
    changed = [t for t in old if new.get(t, old[t]) != old[t]]
    out = [Difference(what="verdict", then=f"{t} · {old[t]}", now=f"{t} · {new[t]}") for t in changed]
    out += [Difference(what="claim", then=f"{t} · {v}", now="") for t, v in old.items() if t not in new]
    out += [Difference(what="claim", then="", now=f"{t} · {v}") for t, v in new.items() if t not in old]
    return out


def compare(record: AnswerRecord, answer: Answer, trace: Mapping[str, Any]) -> Replay:
    """How an answer of today, with its trace, differs from a record."""
    then = record.answer
    out: list[Difference] = []
    if then.status is not answer.status:
        out.append(Difference(what="status", then=then.status.value, now=answer.status.value, why=answer.reason))
    if record.model != answer.model:
        out.append(Difference(what="model", then=record.model, now=answer.model, why="another model answers now"))
    out += _plan(record.trace, trace)
    passages = _passages(record.trace, trace)
    out += passages
    hashes: tuple[Sequence[str], ...] = tuple(t.get("prompt_hashes", ()) for t in (record.trace, trace))
    if list(hashes[0][:1]) != list(hashes[1][:1]):
        why = "its passages differ" if passages else "the pack's prompt, the ranking of lines or this version's differ"
        first = ("".join(h[:1]) for h in hashes)
        out.append(Difference(what="prompt", then=next(first), now=next(first), why=why))
    claims = _claims(then, answer)
    why = "" if out else "the model wrote otherwise from the same prompt"
    out += [c.model_copy(update={"why": c.why or why}) for c in claims]
    return Replay(record_id=record.record_id, question=record.question, differences=tuple(out))
