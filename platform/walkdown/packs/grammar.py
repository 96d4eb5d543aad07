"""The tag grammar of a pack: its rules compiled, and what is wrong with a rule that compiles.

A rule is tried on every question and passage. One whose parts can share the same letters in many ways takes twice as
long with each letter more, and holds up the whole process while it does; so each is timed before it is used.
"""

import re
import time
from functools import lru_cache

import yaml

from walkdown.packs.faults import Fault
from walkdown.packs.files import line_of
from walkdown.packs.schema import MANIFEST, TAG_KINDS, PackManifest
from walkdown.text.tags import TagPattern, compile_pattern, find_tags

_REPEATED = ("a", "1", "a1", "a ", "1 ", "a-", "a1-", " ", "-", "a.")
_LENGTHS = (*range(6, 42, 2), 300)
_SLOW = 0.03
"""Seconds for a text of at most 300 signs; a rule that is written well takes some millionths."""
_PLAIN = ("the", "pump", "valve", "pressure", "start", "is", "how", "much", "펌프", "압력", "운전", "얼마")


def compile_tags(manifest: PackManifest, node: yaml.Node | None, faults: list[Fault]) -> tuple[TagPattern, ...]:
    """The rules that can be used, in order; the others are among the faults."""
    grammar = []
    for position, rule in enumerate(manifest.tags):
        line = line_of(node, ("tags", position, "pattern"))
        name = f"The pattern of the tag kind {rule.kind}"
        try:
            # Alone first: the brackets around it could close what it leaves open.
            re.compile(rule.pattern)
            pattern = compile_pattern(rule.kind, rule.pattern)
        except (re.error, OverflowError, RecursionError) as error:
            message = f"{name} is no regular expression: {error}."
            faults.append(Fault(MANIFEST, line, message, "Mend it; put it in single quotes."))
            continue
        if pattern.regex.fullmatch(""):
            remedy = "Let it require at least one letter or digit."
            faults.append(Fault(MANIFEST, line, f"{name} matches the empty text.", remedy))
            continue
        if _is_slow(pattern.regex):
            message = f"{name} would take minutes for a long word, and stop every answer while it does."
            remedy = (
                "Take repeats out of repeats: (A+-?)+ can be written as A[A-]*; limit them with {1,4} where you can."
            )
            faults.append(Fault(MANIFEST, line, message, remedy))
            continue
        grammar.append(pattern)
    return tuple(grammar)


@lru_cache(maxsize=512)
def _is_slow(regex: re.Pattern[str]) -> bool:
    """True when a short text keeps the rule busy. Texts grow step by step, so that this itself never takes long."""
    for part in _REPEATED:
        for length in _LENGTHS:
            text = f"{part * (length // len(part))}!"
            # The shorter of two times, for the machine may have been busy with something else.
            if _seconds(regex, text) > _SLOW and _seconds(regex, text) > _SLOW:
                return True
    return False


def _seconds(regex: re.Pattern[str], text: str) -> float:
    begin = time.thread_time()
    regex.search(text)
    return time.thread_time() - begin


def kind_faults(manifest: PackManifest, node: yaml.Node | None) -> list[Fault]:
    """Rules of a kind that nothing knows."""
    known = TAG_KINDS | set(manifest.tag_kinds)
    remedy = f"Use one of {', '.join(sorted(known))}, or declare it under tag_kinds."
    return [
        Fault(MANIFEST, line_of(node, ("tags", n, "kind")), f"The tag kind {rule.kind!r} is not known.", remedy)
        for n, rule in enumerate(manifest.tags)
        if rule.kind not in known
    ]


def _plain_word_fault(position: int, pattern: TagPattern, node: yaml.Node | None) -> list[Fault]:
    """A rule that finds words of everyday: each question would seem to name equipment that no document names."""
    word = next((word for word in _PLAIN if pattern.regex.search(word)), None)
    if word is None:
        return []
    message = f"The pattern of the tag kind {pattern.kind} finds the plain word {word!r} as a tag."
    remedy = "Let it require a digit, or capitals: (?-i:[A-Z]{3})."
    return [Fault(MANIFEST, line_of(node, ("tags", position, "pattern")), message, remedy)]


def tag_faults(manifest: PackManifest, node: yaml.Node | None) -> list[Fault]:
    """Examples that are not found, counterexamples that are, and rules that find plain words."""
    grammar = [compile_pattern(rule.kind, rule.pattern) for rule in manifest.tags]
    faults = []
    for position, rule in enumerate(manifest.tags):
        faults += _plain_word_fault(position, grammar[position], node)
        for index, example in enumerate(rule.examples):
            if not any((t.kind, t.text) == (rule.kind, example) for t in find_tags(example, grammar)):
                line = line_of(node, ("tags", position, "examples", index))
                message = f"The example {example!r} is not found as a tag of the kind {rule.kind}."
                faults.append(Fault(MANIFEST, line, message, "Mend the pattern, or the example."))
        for index, text in enumerate(rule.counterexamples):
            wrong = [t.text for t in find_tags(text, grammar) if t.kind == rule.kind]
            if wrong:
                line = line_of(node, ("tags", position, "counterexamples", index))
                message = f"In the counterexample {text!r} {wrong[0]!r} is found as a tag of the kind {rule.kind}."
                faults.append(Fault(MANIFEST, line, message, "Narrow the pattern, or mend the counterexample."))
    return faults
