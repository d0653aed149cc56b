"""What the evidence affirms may not be denied, and what it denies not affirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.held import Held
from corpus.tokenizer import Token, tokenize

# Forms of negation that deny nothing.
_NO_DENIAL = re.compile(
    r"だけで(?:は)?なく|のみなら?ず|ばかりで(?:は)?なく|かもしれ(?:ない|ません)|に過ぎ(?:ない|ず|ません)|(?:なけれ|なく)ばなら(?:ない|ず|ません)|(?:なくて|ねば)は?なら(?:ない|ず|ません)|"
    r"に(?:ほか|他)なら(?:ない|ず|ません)|欠かせ(?:ない|ません)|やむを?得(?:ない|ず|ません)|少なく(?:ない|ありません)|問わず|(?:に|も)かかわらず|関わらず|とどまらず|限らず|問題(?:は|が)?ない|"
    r"(?:では|じゃ)ない(?:か|だろう)|間違い(?:は|が)?(?:ない|なく|ありません)"
)
_DENIAL = frozenset({"無い", "ず", "ぬ", "ない"})
_PREDICATES = frozenset({"動詞", "形容詞"})
_CARRIES_ON = frozenset({"助動詞", "助詞", "接尾辞"})
# Denials that are no auxiliary: a claim of absence may stand on them.
_ABSENCE = re.compile(r"無|非|未|不|否|なし|ゼロ|０|0|廃止|中止|撤退|断念|見送|外れ|除|減|失|限界|困難|難し")
_ABSENT_RECORD = re.compile(r"記載(?:は|が)?(?:ありません|ない|なし)|not? (?:say|state)")


def negation_check(held: Held) -> Iterable[str]:
    """The predicates that the claim denies and the evidence affirms, or the other way round.

    A predicate counts where all its uses in the evidence agree. A claim that denies something of which the evidence says no word
    is reported too, unless the evidence speaks of an absence at all.
    """
    if _ABSENT_RECORD.search(held.claim.text):
        return
    given: dict[str, set[bool]] = {}
    for term, denied, _ in predicates(held.text):
        given.setdefault(term, set()).add(denied)
    speaks_of_absence = any(True in uses for uses in given.values()) or bool(_ABSENCE.search(held.text))
    for term, denied, surface in predicates(held.said):
        if (term in given and denied not in given[term]) or (denied and term not in given and not speaks_of_absence):
            yield surface


def predicates(text: str) -> tuple[tuple[str, bool, str], ...]:
    """(normalised form, is it denied, as it is written) of each verb, adjective and verbal noun of a text, in order."""
    tokens = [t for t in tokenize(_NO_DENIAL.sub("、", text)) if t.surface.strip()]
    found = []
    for at, token in enumerate(tokens):
        verbal = token.pos in _PREDICATES and token.detail != "非自立可能"
        if (verbal or token.kind == "サ変可能") and token.term not in _DENIAL:
            end = _end(tokens, at)
            denied = any(t.term in _DENIAL and t.pos in ("助動詞", "形容詞") for t in tokens[at + 1 : end])
            if verbal or end > at + 1:
                found.append((token.term, denied, "".join(t.surface for t in tokens[at:end])))
    return tuple(found)


def _end(tokens: list[Token], at: int) -> int:
    """Behind the auxiliaries that belong to the predicate at `at`: し/て/い/ませ/ん."""
    end = at + 1
    while end < len(tokens) and (
        (tokens[end].pos == "動詞" and tokens[end].detail == "非自立可能")
        or tokens[end].pos == "助動詞"
        or (tokens[end].pos == "形容詞" and tokens[end].term in _DENIAL)
        or (
            tokens[end].pos == "助詞"
            and tokens[end].surface in ("て", "で", "は", "も", "に")
            and end + 1 < len(tokens)
            and tokens[end + 1].pos in ("動詞", "助動詞", "形容詞")
        )
    ):
        end += 1
    return end
