"""Specks on the picture of a page, as dirty glass and bad copies leave them: text recognition takes them for strokes.

Only a page full of them is cleaned, and only where its letters are so large that no decimal point is as small.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from walkdown_ingestion.readers.scan.picture import Mask, ink, paper

_SMALL = 0.5
"""Side of the largest speck, in strokes of the letters; a decimal point is as wide as a stroke."""
_LEAST_REACH, _LEAST_PIXELS = 2, 2
_FULL = 0.0015
"""Share of specks from which on a page is cleaned; scans that read well have less than .0009."""
_STROKE = 3
_EVERY, _LONGEST = 7, 40


def without_specks(picture: Image.Image) -> Image.Image:
    """A gray picture without its specks; as it is where it has few, or letters so thin that a point is one."""
    dark = ink(picture)
    stroke = _stroke(dark)
    reach, most = max(_LEAST_REACH, round(_SMALL * stroke)), max(_LEAST_PIXELS, (_SMALL * stroke) ** 2)
    specks = dark & (_around(dark, reach) <= most)
    if specks.mean() < _FULL or stroke < _STROKE:
        return picture
    values = np.array(picture)
    values[specks] = paper(picture)
    values[~dark & (_around(~dark, reach) <= most)] = values[dark].min()
    clean = Image.fromarray(values)
    clean.info.update(picture.info)
    return clean


def _around(mask: Mask, reach: int) -> NDArray[np.int32]:
    """How many pixels of a mask are set in the square around each, itself among them."""
    side = 2 * reach + 1
    sums = np.pad(mask.astype(np.int32), ((reach + 1, reach), (reach + 1, reach))).cumsum(0).cumsum(1)
    counts: NDArray[np.int32] = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return counts


def _stroke(dark: Mask) -> float:
    """How wide the strokes of the letters are, in pixels."""
    runs = []
    for row in dark[::_EVERY]:
        edges = np.diff(np.concatenate(([0], row.view(np.int8), [0])))
        length = np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)
        runs.append(length[(length > 1) & (length < _LONGEST)])
    found = np.concatenate(runs) if runs else np.array([])
    return float(np.median(found)) if len(found) else 0.0
