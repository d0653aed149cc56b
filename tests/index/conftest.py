"""Embedders on the real model (fixture `e5_folder` of tests/conftest.py)."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from index.onnx_embedder import OnnxEmbedder
from index.sentence_transformers_embedder import SentenceTransformersEmbedder


@pytest.fixture(scope="session")
def onnx_embedder(e5_folder: Path) -> OnnxEmbedder:
    return OnnxEmbedder(e5_folder)


@pytest.fixture(scope="session")
def sentence_transformers_embedder(e5_folder: Path) -> SentenceTransformersEmbedder:
    if find_spec("sentence_transformers") is None:
        pytest.skip("needs sentence-transformers: pip install 'tenkyo[models]'")
    return SentenceTransformersEmbedder(str(e5_folder))


@pytest.fixture(scope="session")
def japanese_texts() -> list[str]:
    """Questions and passages in the manner of policy documents: short, long, half- and full-width, with numbers."""
    return [
        "保育料の減免を受けるための条件は何ですか",
        "地震",
        "二酸化炭素の排出量は2030年度までに46％削減する",
        "令和6年度の一般会計予算の総額は114兆3,812億円である。",
        "自治体が共同で利用するクラウドの事例を教えてください",
        "介護保険の第1号被保険者は65歳以上の者をいう。保険料は市町村ごとに定められ、3年ごとに見直される。",
        "ＩＴ人材の不足に対応するため、研修制度を拡充する。",
        "騒音規制法に基づく届出の期限",
        "本ガイドラインは、地方公共団体が個人情報を取り扱う際の留意点をまとめたものである。",
        "会員数３２８で出発（企業は１９３社）",
        "マイナンバーカードの交付率は全国平均で約73％に達した。",
        "空き家対策特別措置法の改正により、管理不全空家等に対する指導・勧告が可能となった。",
        "観光客の増加に伴うごみ処理費用の負担について、町はどのような対策を講じているか",
        "水道管の老朽化率は2022年度末で22.1%であり、更新には年間約1兆円が必要と見込まれる。",
        "第三条　この法律において「事業者」とは、国内において事業を行う者をいう。\n２　国は、ガイドラインを定める。",
        "The Digital Agency was established in September 2021.",
    ]
