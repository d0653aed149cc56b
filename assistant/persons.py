"""Who is asked for, and which lines name a person: by Sudachi's names, after a title, or by the mark of a list of members."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.tokenizer import tokenize

_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
ROLE = (
    r"(?:[副前元]?(?:会長|社長|理事長|理事|学長|総長|校長|園長|院長|所長|局長|部長|次長|課長|室長|館長|座長|委員長|議長|部会長|知事|市長|町長|村長|区長|大臣|代表|"
    r"総裁|頭取|専務|常務|取締役|教授|研究員|顧問|事務局長|プロデューサー|マネージャー|リーダー|コーディネーター)|(?:講演|執筆|説明|担当|報告|発表|創業|創設|設立|代表|責任|著|話)者)"
)
_ROLE = re.compile(ROLE)
_DEPUTY_ASKED = re.compile(r"副|\b(?:vice|deputy)\b", re.IGNORECASE)
# 会長 高遠 さやか: a name that no dictionary has stands in two parts beside a title.
_TITLED = re.compile(
    rf"{ROLE}[\s　:：]+[一-龠々]{{1,4}}[ 　][一-龠々ぁ-んァ-ヶー]{{1,6}}|[一-龠々ァ-ヶー]{{2,8}}(?:氏|さん|先生)(?![名族])"
)
_LEGEND = re.compile(
    rf"(?P<mark>[◎○●◇◆□■△▲☆★＊*※])\s*(?:は|[:：=＝])?\s*(?P<role>{ROLE}(?:代理|代行)?)(?=[、,，。）)\s　]|$)"
)


def names_person(text: str, beside: str = "") -> bool:
    """Does the text name a person whom the question `beside` does not name?"""
    return any(not any(part in beside for part in name) for name in _persons(text))


@lru_cache(maxsize=8192)
def _persons(text: str) -> tuple[tuple[str, ...], ...]:
    """Names with their parts: by Sudachi (人名, family and given name) or beside a title. One in hiragana alone may be part of a word."""
    found: list[tuple[str, ...]] = []
    end = -2
    for token in tokenize(text, "C"):
        if token.kind != "人名" or _HIRAGANA.fullmatch(token.surface):
            continue
        if token.start <= end + 1 and found:
            found[-1] += (token.surface,)
        else:
            found.append((token.surface,))
        end = token.end
    if not found:
        found = [tuple(m[0].split()) for m in _TITLED.finditer(text)]
    return tuple(found)


def of_deputies(text: str, question: str) -> bool:
    """Does the text name deputies only (副会長), and the question asks for none?"""
    roles = [m[0] for m in _ROLE.finditer(re.sub(r"[ 　]", "", text))]
    return bool(roles) and all(r.startswith("副") for r in roles) and not _DEPUTY_ASKED.search(question)


def role_of(question: str) -> str:
    """The last title in the question (会長は誰ですか → 会長); "" when it has none."""
    return next((m[0] for m in reversed(list(_ROLE.finditer(question)))), "")


def legend(page: str) -> dict[str, str]:
    """What the marks of a list of members stand for: （◎会長、○会長代理） → {"◎": "会長", "○": "会長代理"}.

    Lines of the list itself (◎大槻 啓吾) explain nothing: a legend has the title right behind its mark.
    """
    return {m["mark"]: m["role"] for m in _LEGEND.finditer(page)}
