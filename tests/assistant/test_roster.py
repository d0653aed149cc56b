"""Members are told from their list: those with the asked remark, or all of them."""

from .pages import ask, said

ROSTER = (
    "若草市産業審議会　議事録\n\n参考　若草市産業審議会　委員名簿\n氏　名　　　　所属・役職　　　　　　　　備考\n"
    "赤井　美月　　㈱あさひ 代表取締役\n石村　剛　　　若草市労働団体 会長　　　　欠席\n梅田　翔太　　緑銀行 部長　　　　　　　　オンライン\n"
    "◎江川　啓介　若草大学 副学長\n岡崎　まり　　港町の会 会長　　　　　　　欠席\n（事務局）\n"
)
SPACED = "■ 緑会議\n　緑会議は、毎年春に開く。\n（委員）敬称略\n◎ 楠 田 遥 香 緑大学 教授\n 赤 羽 信 夫 緑銀行 専務\n 大 森 健 緑商会 会頭\n ほか２名\n"


def test_members_with_the_asked_remark_are_all_named() -> None:
    (claim,) = ask("若草市産業審議会を欠席した委員は誰ですか。", ROSTER).claims
    assert claim.text.startswith("石村 剛 若草市労働団体 会長 欠席、岡崎 まり")
    assert "梅田" not in claim.text
    assert len(claim.evidence) == 2


def test_all_members_are_named_in_their_order() -> None:
    text = said("若草市産業審議会の委員の氏名を全員教えてください。", ROSTER)
    assert text == "赤井 美月、石村 剛、梅田 翔太、江川 啓介、岡崎 まり。"


def test_names_with_a_blank_after_each_character_are_read() -> None:
    assert said("緑会議の委員をすべて挙げてください。", SPACED) == "楠田遥香、赤羽信夫、大森健。"


def test_who_said_something_is_no_question_for_a_list() -> None:
    pages = ROSTER + "\n○石村委員　港の値上げは早すぎる。\n"
    assert not said("港の値上げは早すぎると述べた委員は誰ですか。", pages).startswith("赤井")
