"""A Japanese name sounds the same whatever the romanisation."""

import pytest

from corpus.romaji import latin_sound, sound


@pytest.mark.parametrize(
    ("kana", "latin"),
    [("トウキョウ", "Tokyo"), ("シンバシ", "Shimbashi"), ("ロッポンギ", "Roppongi"), ("ジュンイチ", "Jun'ichi"), ("オオツ", "Ohtsu"), ("フチュウ", "Fuchu")],
)  # fmt: skip
def test_kana_sounds_as_its_romanisations(kana: str, latin: str) -> None:
    assert sound(kana) == latin_sound(latin)


@pytest.mark.parametrize("word", ["Program", "Technology", "Committee", "Strengths"])
def test_what_no_japanese_name_sounds_like_has_no_sound(word: str) -> None:
    assert latin_sound(word) == ""


def test_other_names_sound_different() -> None:
    assert sound("サカタ") != latin_sound("Sakata-Honda")
    assert sound("サカイ") != latin_sound("Sakae")
