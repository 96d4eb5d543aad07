"""Several pages of pictures read beside each other on all cores, in the order of their numbers."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PIL import Image

from walkdown_ingestion.beat import beat
from walkdown_ingestion.readers.scan.pages import Scan, read_page


class Picture(NamedTuple):
    """A page to read: its number, its size in points, and how its picture is made (in the calling thread)."""

    number: int
    size: tuple[float, float]
    render: Callable[[], Image.Image]


def read_pages(pictures: Iterable[Picture], wanted: tuple[str, ...]) -> Iterator[Scan]:
    """The pages as read. The first decides the languages of the others."""
    waiting = iter(pictures)
    first = next(waiting, None)
    if first is None:
        return
    scan, wanted = read_page(first.render(), first.number, first.size, wanted)
    yield scan
    beat()
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        # Only as many pictures as there are workers are held at a time.
        while batch := [p for _, p in zip(range(workers), waiting, strict=False)]:
            jobs = [pool.submit(read_page, p.render(), p.number, p.size, wanted) for p in batch]
            for job in jobs:
                yield job.result()[0]
                beat()
