"""A stated total is held against the sum of its parts, and the answer says whether they agree."""

import pytest

from assistant.checks import unsupported
from assistant.stated_total import stated_total

from .pages import ask, candidates_of, question_on, ranked_on

LISTED = "・若草連携の会に参加するのは12機関である。内訳は、6大学、3自治体、1銀行、1公設試と記されている。\n"
OFFICE = "若草の会の事務局\n　事務局は21名の体制である。\n\n表１　部の人数（単位：名）\n\n| 部 | 人数 |\n|---|---|\n| 総務部 | 6 |\n| 企画部 | 15 |\n"
VISITED = "表２　訪問した企業の数（社）\n\n| 区分 | 企業数 |\n|---|---|\n| 連携企業 | 30 |\n| 連携企業のうち会員 | 20 |\n| その他 | 4 |\n| 計 | 35 |\n"


@pytest.mark.parametrize(
    ("question", "pages", "answer"),
    [
        (
            "若草連携の会の機関の総数は、内訳を足した数と合っていますか？",
            LISTED,
            "合いません：記載の計は12機関、内訳を足すと11です",
        ),
        (
            "若草の会の事務局の人数は、部ごとの人数を足した数と同じですか？",
            OFFICE,
            "一致します：記載の計は21名、内訳を足すと21人です",
        ),
        (
            "訪問した企業の数の計は、内訳の合計と一致していますか？",
            VISITED,
            "合いません：記載の計は35社、内訳を足すと34社です",
        ),
    ],
)
def test_total_and_sum_are_both_shown(question: str, pages: str, answer: str) -> None:
    (claim,) = ask(question, pages).claims
    assert claim.text.startswith(answer)
    assert unsupported(claim) == ()


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("若草連携の会の内訳を教えてください。", LISTED),
        ("若草連携の会の機関の総数は、内訳を足した数と合っていますか？", LISTED.partition("内訳")[0]),
        ("訪問した企業の数の計は、内訳の合計と一致していますか？", VISITED.replace("| 計 | 35 |\n", "")),
    ],
)
def test_nothing_is_said_without_a_total_and_its_parts(question: str, pages: str) -> None:
    assert stated_total(question_on(question, pages), ranked_on(question, pages), candidates_of(pages)) is None
