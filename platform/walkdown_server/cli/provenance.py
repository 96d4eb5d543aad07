"""`walkdown models families | bom`: where models come from, and what they are made of."""

import json
from pathlib import Path
from typing import Annotated

import typer

from walkdown.models.catalogue import find_model
from walkdown.models.families import ModelFamily, find_family, load_families
from walkdown.models.policy import load_policy, objections, subject_of_name
from walkdown_server.cli.output import Json, print_json, stderr, stdout, table
from walkdown_server.cli.state import state_of


def families(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="One family in full; default is a line each.")] = "",
    as_json: Json = False,
) -> None:
    """Model families: licence, what it forbids, how vLLM serves it, what is known of its origin."""
    settings = state_of(context).settings
    chosen = (find_family(name),) if name else load_families()
    rules = load_policy(settings).llm
    against = {family.id: objections(subject_of_name(family.models[0], settings), rules) for family in chosen}
    if as_json:
        print_json([family.model_dump(mode="json") | {"objections": against[family.id]} for family in chosen])
    elif name:
        _print_family(chosen[0], against[chosen[0].id])
    else:
        shown = table("family", "title", "developer", "country", "licence", "commercial use", "vLLM", "policy")
        for f in chosen:
            served = "yes" if f.serving.registered else "plugin"
            permitted = "no" if against[f.id] else "yes"
            licence = f.licence
            shown.add_row(f.id, f.title, f.developer, f.country, licence.id, licence.commercial, served, permitted)
        stdout().print(shown)


def _print_family(family: ModelFamily, against: list[str]) -> None:
    shown = table("", "")
    shown.show_header = False
    stated, thinking = family.from_scratch, family.thinking
    for label, value in (
        ("family", f"{family.title} ({family.id})"),
        ("developer", f"{family.developer} ({family.country})"),
        ("models", ", ".join(family.models)),
        ("architectures", ", ".join(family.architectures)),
        ("languages", ", ".join(family.languages)),
        ("context", f"{family.context:,} tokens"),
        ("licence", f"{family.licence.id}; commercial use {family.licence.commercial}"),
        ("it forbids", family.licence.forbids),
        ("vLLM", " ".join(family.serving.arguments) or "no arguments of its own"),
        ("note", family.serving.note),
        (
            "thinking",
            f"{'on' if thinking.by_default else 'off'} by default; switched off with {thinking.switch_off}",
        ),
        ("from scratch", f"{stated.statement} Said by: {stated.by}. Evidence: {'; '.join(stated.evidence)}."),
        *(("reuse", f"{r.kind}: {r.what}. {r.status}. Evidence: {r.evidence}.") for r in family.reuse),
        ("checked", f"{family.checked}"),
        ("policy", "; ".join(against) or "permitted"),
    ):
        shown.add_row(label, value)
    stdout().print(shown)


def bom(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="File to write to; default is stdout.")] = None,
) -> None:
    """Write the CycloneDX bill of materials of the models in use: language model, encoders, tokenizers, OCR."""
    from walkdown.models.bom import build_bom

    settings = state_of(context).settings
    names = dict.fromkeys((settings.llm_model, *settings.embedders))
    data = build_bom([find_model(name, settings) for name in names], settings)
    if out is None:
        print_json(data)
        return
    out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    stderr().print(f"The bill of materials is in {out}.")
