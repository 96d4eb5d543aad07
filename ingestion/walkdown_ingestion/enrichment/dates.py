"""Calendar dates that a passage names, where day and month are certain."""

import datetime as dt

from walkdown_ingestion.label_dates import DATE, parse_date

MAX_DATES = 50


def dates_in(text: str) -> tuple[dt.date, ...]:
    """The dates of a text in order, each once; `03/04/2025` is uncertain and left out."""
    found = (parse_date(match.group()) for match in DATE.finditer(text))
    return tuple(dict.fromkeys(date for date in found if date is not None))[:MAX_DATES]
