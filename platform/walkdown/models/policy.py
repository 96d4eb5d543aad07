"""The site's policy on models: which licences, countries and origins may be loaded. Enforced wherever a model is used.

`WALKDOWN_MODEL_POLICY` names a YAML file; without one everything in the catalogue may be loaded. A rule is set for
language models and encoders apart:

    llm:
      licences: [Apache-2.0, MIT]     # only these
      commercial_use: required        # no licence that forbids it; `conditional` ones need an entry in `agreements`
      agreements: [K-EXAONE]          # licences whose conditions the site has settled with the developer
      countries: [KR]
      from_scratch: undisputed        # no acknowledged, reported or disputed reuse of weights or encoders
      unknown: deny                   # a server by URL with a model that no profile describes
    embedder:
      commercial_use: required
"""

from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from walkdown.errors import ModelError, UsageError
from walkdown.models.catalogue import ModelEntry, load_catalogue
from walkdown.models.families import Commercial, family_of
from walkdown.models.site_files import read_site_file
from walkdown.settings import Settings

_PERMISSIVE = {"Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "ISC"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rules(_Part):
    """What a model of one role must satisfy; what is left out is not asked."""

    licences: tuple[str, ...] = ()
    commercial_use: Literal["required", "any"] = "any"
    agreements: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    from_scratch: Literal["undisputed", "any"] = "any"
    unknown: Literal["deny", "allow"] = "allow"


class Policy(_Part):
    """The rules by role."""

    llm: Rules = Rules()
    embedder: Rules = Rules()


class Subject(NamedTuple):
    """What is known of a model that is about to be loaded; None where nothing is."""

    name: str
    licence: str | None = None
    commercial: Commercial | None = None
    country: str | None = None
    reuses_weights: bool | None = None


def load_policy(settings: Settings) -> Policy:
    """The site's policy. Raises UsageError when the file is missing or not valid: a broken policy permits nothing."""
    path = settings.model_policy
    if path is None:
        return Policy()
    remedy = "Mend WALKDOWN_MODEL_POLICY; docs/models.md shows one."
    return read_site_file(Path(path), Policy, "The model policy", UsageError, remedy)


def subject_of_entry(entry: ModelEntry) -> Subject:
    """What the catalogue and the family's profile say of a model."""
    family = family_of(entry.name) if entry.role == "llm" else None
    commercial: Commercial | None = "allowed" if entry.licence.id in _PERMISSIVE else None
    if commercial is None and family is not None:
        commercial = family.licence.commercial
    reuses = family.reuses_weights if family else None
    return Subject(entry.name, entry.licence.id, commercial, entry.country, reuses)


def subject_of_name(model: str, settings: Settings) -> Subject:
    """What is known of a model that a server offers under a name."""
    entry = load_catalogue(settings).get(model)
    if entry is not None:
        return subject_of_entry(entry)
    family = family_of(model)
    if family is None:
        return Subject(model)
    licence = family.licence
    return Subject(model, licence.id, licence.commercial, family.country, family.reuses_weights)


def objections(subject: Subject, rules: Rules) -> list[str]:
    """What speaks against a model, a sentence each; empty when it may be loaded. Not knowing is an objection."""
    found = []
    if rules.unknown == "deny" and subject.licence is None:
        return [f"nothing is known of {subject.name}"]
    if rules.licences and subject.licence not in rules.licences:
        found.append(f"its licence is {subject.licence or 'not known'}, permitted are {', '.join(rules.licences)}")
    if rules.commercial_use == "required":
        settled = subject.licence in rules.agreements
        if subject.commercial == "forbidden" and not settled:
            found.append(f"its licence ({subject.licence}) forbids commercial use")
        elif subject.commercial == "conditional" and not settled:
            found.append(f"its licence ({subject.licence}) permits commercial use on conditions that are not settled")
        elif subject.commercial is None:
            found.append("whether its licence permits commercial use is not known")
    if rules.countries and subject.country not in rules.countries:
        found.append(
            f"it comes from {subject.country or 'an unknown country'}, permitted is {', '.join(rules.countries)}"
        )
    if rules.from_scratch == "undisputed" and subject.reuses_weights is not False:
        why = "is reported or disputed" if subject.reuses_weights else "is not ruled out by any profile"
        found.append(f"reuse of another's weights or encoders {why}")
    return found


def _enforce(subject: Subject, rules: Rules) -> None:
    against = objections(subject, rules)
    if against:
        raise ModelError(
            f"The site's policy does not permit the model {subject.name}: {'; '.join(against)}.",
            "Take another model (`walkdown models families`), or have the policy changed by who answers for it.",
        )


def enforce_entry(entry: ModelEntry, settings: Settings) -> None:
    """Raise ModelError, naming every objection, when the policy does not permit a model of the catalogue."""
    policy = load_policy(settings)
    _enforce(subject_of_entry(entry), policy.llm if entry.role == "llm" else policy.embedder)


def enforce_served(model: str, settings: Settings) -> None:
    """The same for the model that a language model server offers."""
    _enforce(subject_of_name(model, settings), load_policy(settings).llm)
