"""`walkdown index rebuild`, `optimise` and `migrate`: the index for other encoders, for many passages, elsewhere."""

from contextlib import closing
from typing import Annotated

import typer

from walkdown.errors import UsageError
from walkdown.index.base import StoreBase
from walkdown.index.edge import EXACT_LIMIT, EdgeStore
from walkdown.index.moving import built_with, copy, rebuild_edge, rebuild_server
from walkdown.index.server import QdrantServerStore, connect
from walkdown.models.encoders import load_embedder
from walkdown_ingestion.rebuild import reencode
from walkdown_server.cli.documents import progress_bar
from walkdown_server.cli.output import stdout
from walkdown_server.cli.state import state_of

app = typer.Typer(no_args_is_help=True, help="The index: built anew for other encoders, or moved to a Qdrant server.")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Encode all passages with the encoders of WALKDOWN_EMBEDDERS and switch to the new index in one step.

    Stop the server first. Documents are not read again; killed at any moment, the old index is still there.
    """
    from walkdown_server.composition import identity_of  # takes seconds to import

    settings = state_of(context).settings
    embedders = [load_embedder(name, settings) for name in settings.embedders]
    identity = identity_of(embedders)
    with progress_bar("index") as progress:
        made = 0

        def fill(old: StoreBase, new: StoreBase) -> None:
            nonlocal made
            made = reencode(old, new, embedders, lambda what, done, total: progress(what, done, total))

        if settings.qdrant_url:
            with closing(connect(settings.qdrant_url, settings.qdrant_api_key)) as client:
                rebuild_server(client, identity, fill)
        else:
            rebuild_edge(settings.index_dir, identity, fill)
    stdout().print(f"{made:,} passages encoded with {', '.join(identity.encoders)}.")


@app.command()
def migrate(
    context: typer.Context,
    to: Annotated[str, typer.Option(help="URL of a Qdrant server; its key is WALKDOWN_QDRANT_API_KEY.")],
) -> None:
    """Copy the embedded index to a Qdrant server with its vectors; nothing is encoded again, the old one stays."""
    settings = state_of(context).settings
    if settings.qdrant_url:
        raise UsageError(
            "The index is on a Qdrant server already.", "Unset WALKDOWN_QDRANT_URL to move the embedded one."
        )
    if not to.startswith(("http://", "https://")):
        raise UsageError(f"{to!r} is no URL of a Qdrant server.", "Write it like http://qdrant:6333.")
    identity = built_with(settings.index_dir)
    with (
        EdgeStore(settings.index_dir, identity) as source,
        closing(connect(to, settings.qdrant_api_key)) as client,
        progress_bar("index") as progress,
    ):
        target = QdrantServerStore(client, identity)
        moved = copy(source, target, lambda what, done, total: progress(what, done, total))
    stdout().print(f"{moved:,} passages copied. Set WALKDOWN_QDRANT_URL={to} and start the server.")


@app.command()
def optimise(context: typer.Context) -> None:
    """Build the search graph of an embedded index that has outgrown exact scans; again after it grew by a tenth.

    Stop the server first. A child process builds it in a copy, which takes the place of the index in one step.
    """
    settings = state_of(context).settings
    if settings.qdrant_url:
        raise UsageError(
            "A Qdrant server builds its graph by itself.", "Unset WALKDOWN_QDRANT_URL for the embedded one."
        )
    with EdgeStore(settings.index_dir, built_with(settings.index_dir)) as store:
        store.optimise()
        found = store.count()
    by = "by its graph" if found > EXACT_LIMIT else "whole, as up to 100,000 need no graph"
    stdout().print(f"{found:,} passages; they are searched {by}.")
