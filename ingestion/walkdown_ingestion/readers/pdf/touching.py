"""Numbers that the parser of the words breaks at their comma or point, put together where nothing stands between.

Browsers print some cells letter by letter, and `1,250` may come as `1,` and `250`.
"""

import re
from collections.abc import Sequence

from walkdown_ingestion.readers.pdf.page import Segment

_ENDS, _GOES_ON = re.compile(r"\d[.,]$"), re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])")
_GAP = 0.04
_SAME = 0.3


def numbers_joined(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, with those joined of which the second goes on with the number that the first ends with."""
    out: list[Segment] = []
    for segment in segments:
        if out and _goes_on(out[-1], segment):
            base, first = out[-1], segment.words[0]
            last = base.words[-1]
            word = last._replace(text=last.text + first.text, x1=first.x1, y1=max(last.y1, first.y1))
            out[-1] = base._replace(words=(*base.words[:-1], word, *segment.words[1:]))
        else:
            out.append(segment)
    return out


def _goes_on(base: Segment, segment: Segment) -> bool:
    last, first = base.words[-1], segment.words[0]
    return (
        bool(_ENDS.search(last.text) and _GOES_ON.match(first.text))
        and abs(first.x0 - last.x1) <= _GAP * base.size
        and abs(base.size - segment.size) < _SAME
        and abs(first.y0 - last.y0) < _SAME * base.size
        and base.bold == segment.bold
    )
