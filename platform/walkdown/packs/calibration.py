"""What turns the features of the passages found into a probability that they answer: weights fitted on dev questions.

The product brings weights fitted on its own packs; a pack may have its own in `calibration.yaml`, written by
`walkdown eval calibrate PACK --write`.
"""

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from walkdown.packs.faults import Fault
from walkdown.packs.files import parse_yaml, read_text, schema_faults

CALIBRATION = "calibration.yaml"
LINES = "lines.yaml"
_FAR = 30.0
"""Log-odds beyond which a probability is 0 or 1 for all that floating point can tell."""


def logistic(odds: float) -> float:
    """The probability of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-_FAR, min(_FAR, odds))))


Finite = Annotated[float, Field(allow_inf_nan=False)]
Values = Mapping[str, float | None]
"""Features by name; None where one cannot be told of these passages."""


class Weight(BaseModel):
    """What one feature counts, from its mean on: a feature that cannot be told counts nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: Finite
    mean: Finite


class Calibration(BaseModel):
    """A logistic model over named features, and the probability below which a question is refused.

    `questions` are those it was fitted on, each in one of the ways it was asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: Finite
    features: dict[str, Weight]
    threshold: Annotated[float, Field(ge=0, le=1)]
    questions: Annotated[int, Field(ge=0)] = 0

    def probability(self, values: Values) -> float:
        """Probability in (0, 1) that what has these features answers; one without a weight counts nothing."""
        return logistic(self.odds(values))

    def odds(self, values: Values) -> float:
        """Log-odds of the probability."""
        known = ((w, values.get(name)) for name, w in self.features.items())
        return self.bias + sum(w.weight * (value - w.mean) for w, value in known if value is not None)

    def to_yaml(self) -> str:
        """The content of a `calibration.yaml`."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def read_calibration(folder: Path, faults: list[Fault]) -> Calibration | None:
    """The calibration of a pack, None when it has none of its own; faults are appended."""
    if not (folder / CALIBRATION).is_file():
        return None
    text = read_text(folder, CALIBRATION, faults)
    data, node = parse_yaml(text, CALIBRATION, faults) if text is not None else (None, None)
    if node is None:
        return None
    try:
        return Calibration.model_validate(data)
    except ValidationError as error:
        faults += schema_faults(error, CALIBRATION, node)
        return None


@cache
def product_calibration() -> Calibration:
    """The calibration that comes with Walkdown, fitted on the dev questions of its packs."""
    text = resources.files("walkdown.packs").joinpath(CALIBRATION).read_text("utf-8")
    return Calibration.model_validate(yaml.safe_load(text))


@cache
def line_calibration() -> Calibration:
    """How likely a line answers, by its features; fitted on the dev questions of Walkdown's packs."""
    text = resources.files("walkdown.packs").joinpath(LINES).read_text("utf-8")
    return Calibration.model_validate(yaml.safe_load(text))
