"""Conformance suite of dense encoders: an encoder is done when a subclass with its `embedder` fixture passes."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from walkdown.models.embedder import Embedder

TEXTS = (
    "BFP-1A의 최소 유량은 40 m3/h이다.",
    "Purge the HRSG for at least 8 minutes.",
    "급수펌프",
    "Before firing, check the drum level, the damper positions and the fuel gas pressure. " * 12,
)


class EmbedderSuite:
    """Every encoder, whatever its weights."""

    def test_rows_are_unit_vectors_in_the_order_given(self, embedder: Embedder) -> None:
        """One float32 row a text, of length 1, and a text's row moves with it."""
        forward, backward = embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS[::-1])
        assert forward.shape == (len(TEXTS), embedder.dim)
        assert forward.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(forward, axis=1), 1, atol=1e-4)
        assert ((forward * backward[::-1]).sum(axis=1) > 1 - 1e-4).all()
        assert (forward @ forward.T)[~np.eye(len(TEXTS), dtype=bool)].max() < 1 - 1e-4

    def test_a_vector_does_not_depend_on_its_neighbours(self, embedder: Embedder) -> None:
        """A text encoded alone and among others has the same vector; otherwise an index depends on file order."""
        together = embedder.embed_passages(TEXTS)
        alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
        assert ((together * alone).sum(axis=1) > 1 - 1e-4).all()

    def test_questions_have_the_same_space(self, embedder: Embedder) -> None:
        """A question has the dimensions of a passage."""
        assert embedder.embed_questions(TEXTS[:2]).shape == (2, embedder.dim)

    def test_no_text_gives_no_row(self, embedder: Embedder) -> None:
        """An empty batch is not an error."""
        assert embedder.embed_passages([]).shape == (0, embedder.dim)
        assert embedder.embed_questions([]).shape == (0, embedder.dim)

    def test_odd_texts_give_finite_vectors(self, embedder: Embedder) -> None:
        """Empty, blank, control characters, emoji, and far too long."""
        vectors = embedder.embed_passages(["", " \t\n", "\x00\x01", "🔥", "유" * 20_000])
        assert np.isfinite(vectors).all()

    def test_threads_get_the_same_vectors(self, embedder: Embedder) -> None:
        """Concurrent calls do not disturb one another."""
        expected = embedder.embed_passages(TEXTS)
        with ThreadPoolExecutor(4) as pool:
            for vectors in pool.map(embedder.embed_passages, [TEXTS] * 8):
                assert ((vectors * expected).sum(axis=1) > 1 - 1e-4).all()

    def test_identity_is_stated(self, embedder: Embedder) -> None:
        """Name, dimension and fingerprint are there for the index to refuse vectors of another encoder."""
        assert embedder.name
        assert embedder.fingerprint
        assert embedder.dim > 0
