import numpy as np
import pytest

from index.embedder import Embedder, Prompts, fingerprint_of


@pytest.fixture(params=["onnx_embedder", pytest.param("sentence_transformers_embedder", marks=pytest.mark.models)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    implementation: Embedder = request.getfixturevalue(request.param)
    return implementation


class TestEveryEmbedder:
    """The contract of the Protocol, over all its implementations."""

    def test_vectors_are_float32_unit_rows(self, embedder: Embedder, japanese_texts: list[str]) -> None:
        for vectors in (embedder.encode_queries(japanese_texts), embedder.encode_passages(japanese_texts)):
            assert vectors.shape == (len(japanese_texts), embedder.dim)
            assert vectors.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_no_text_gives_no_row(self, embedder: Embedder) -> None:
        for vectors in (embedder.encode_queries([]), embedder.encode_passages([])):
            assert vectors.shape == (0, embedder.dim)
            assert vectors.dtype == np.float32

    def test_empty_and_blank_texts_have_a_unit_vector(self, embedder: Embedder) -> None:
        vectors = embedder.encode_passages(["", " \n　"])
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_rows_keep_the_order_of_the_texts(self, embedder: Embedder, japanese_texts: list[str]) -> None:
        forwards = embedder.encode_passages(japanese_texts)
        backwards = embedder.encode_passages(japanese_texts[::-1])
        np.testing.assert_allclose(forwards, backwards[::-1], atol=1e-5)

    def test_a_vector_does_not_depend_on_its_neighbours(self, embedder: Embedder, japanese_texts: list[str]) -> None:
        together = embedder.encode_passages([*japanese_texts, "長" * 600])[: len(japanese_texts)]
        alone = np.concatenate([embedder.encode_passages([text]) for text in japanese_texts])
        assert (together * alone).sum(axis=1).min() > 0.9999

    def test_blanks_around_a_text_do_not_count(self, embedder: Embedder) -> None:
        bare, padded = embedder.encode_passages(["水道料金の改定", " 水道料金の改定 \n　"])
        np.testing.assert_allclose(bare, padded, atol=1e-5)

    def test_queries_and_passages_are_encoded_differently(self, embedder: Embedder) -> None:
        query, passage = embedder.encode_queries(["保育料"])[0], embedder.encode_passages(["保育料"])[0]
        assert query @ passage < 0.999

    def test_a_text_over_the_limit_is_cut(self, embedder: Embedder) -> None:
        text = "".join(f"第{number}条　事業者は届出をしなければならない。" for number in range(400))
        cut, cut_with_other_end = embedder.encode_passages([text, text + "最後に温泉の話。"])
        np.testing.assert_allclose(cut, cut_with_other_end, atol=1e-5)

    def test_the_passage_that_answers_ranks_first(self, embedder: Embedder) -> None:
        passages = embedder.encode_passages(
            ["保育料は所得に応じて減免される。", "橋の耐震補強は5年ごとに計画する。", "職員の研修は年2回行う。"]
        )
        queries = embedder.encode_queries(["橋が地震に耐えるための工事", "子どもを預ける費用は安くなるか"])
        assert (queries @ passages.T).argmax(axis=1).tolist() == [1, 0]

    def test_fingerprint_is_short_and_a_safe_file_name(self, embedder: Embedder) -> None:
        assert len(embedder.fingerprint) <= 32
        assert embedder.fingerprint.replace("-", "").isalnum()


@pytest.mark.models
def test_fingerprints_differ_between_backends(
    onnx_embedder: Embedder, sentence_transformers_embedder: Embedder
) -> None:
    assert onnx_embedder.fingerprint != sentence_transformers_embedder.fingerprint


def test_fingerprint_does_not_depend_on_the_order_of_facts() -> None:
    assert fingerprint_of("x", {"a": 1, "b": [2]}) == fingerprint_of("x", {"b": [2], "a": 1})
    assert fingerprint_of("x", {"a": 1}) != fingerprint_of("x", {"a": 2})


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        ({"query": "q: ", "passage": "p: "}, Prompts("q: ", "p: ")),
        ({"query": "q: ", "document": "", "passage": "p: "}, Prompts("q: ", "p: ")),
        ({"document": "d: ", "passage": "p: "}, Prompts("", "d: ")),
        ({}, Prompts("", "")),
    ],
)
def test_prompts_are_read_from_the_models_configuration(configured: dict[str, str], expected: Prompts) -> None:
    assert Prompts.configured(configured) == expected
