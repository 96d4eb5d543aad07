"""Checks of a claim against the evidence it cites, by code: small pure functions, each with a verdict and a reason."""

from walkdown.answering.verification.basis import Basis
from walkdown.answering.verification.verify import check_claim, verify_claim

__all__ = ["Basis", "check_claim", "verify_claim"]
