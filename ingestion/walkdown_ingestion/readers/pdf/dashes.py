"""Lines that old programs print with signs: `------` below the names of columns is a rule and no text."""

import re

from walkdown_ingestion.readers.pdf.bands import visual_lines
from walkdown_ingestion.readers.pdf.page import Page, Rule

_DASHES = re.compile(r"[-=_─━–—]{3,}")
_LEAST = 10


def with_dashes_as_rules(page: Page) -> Page:
    """A page with lines of nothing but dashes as rules."""
    gone, rules = set(), []
    for line in visual_lines([s for s in page.segments if _DASHES.search(s.text)]):
        signs = [word for s in line for word in s.words]
        alone = not any(s not in line and abs(s.middle - line[0].middle) < 0.4 * s.size for s in page.segments)
        if alone and all(_DASHES.fullmatch(w.text) for w in signs) and sum(len(w.text) for w in signs) >= _LEAST:
            gone |= set(line)
            rules.append(Rule(min(s.x0 for s in line), line[0].middle, max(s.x1 for s in line), line[0].middle))
    if not rules:
        return page
    return page._replace(segments=tuple(s for s in page.segments if s not in gone), rules=(*page.rules, *rules))
