"""Which lines give a reason, and how surely: 主な要因, 教訓として, …によって打撃を受け; and which column of a table does."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.tables import Cell

_NOUNS = (
    "主因|要因|原因|理由|きっかけ|契機|転機|発端|起因|由来|出発点|動機|教訓|おかげ|せい(?=[でだと])|下支え|いきさつ"
)
# How surely each form gives a reason; 「により」 may as well say by what means, and 「ために」 to what end.
_FORMS = (
    (
        1.0,
        re.compile(
            rf"(?:{_NOUNS})|のは、?[^。]{{2,}}(?:ため|から|こと)(?:である|です|だ|による)|(?:ため|から)(?:である|です|だ)(?:。|$)|ことによる|を背景に|背景(?:に|と|は|で)"
        ),
    ),
    (
        0.8,
        re.compile(
            r"こと(?:から|を受け)|ので、|を(?:受け|踏まえ)(?:て|、)|を反映|を(?:恐れ|懸念し|危惧し|見込み|見込んで|期待し|狙い)|(?:配慮|危機感|必要性?|観点|思い|狙い)から|(?:た|い|な|である|(?<![そこ])の)ため(?:に|、|$)|影響"
        ),
    ),
    (0.5, re.compile(r"により|によって|に伴[いう]|による(?!と)|から、|[るくうすつむぶぐぬのたいな]ため(?![るたて])")),
)
_HEAD = re.compile(r"理由|要因|原因|背景|事情|きっかけ|契機|経緯")


@lru_cache(maxsize=32768)
def gives_reason(text: str) -> float:
    """How surely (0..1) the text says why something is so."""
    return next((sure for sure, form in _FORMS if form.search(text)), 0.0)


def row_of_reason(cells: tuple[Cell, ...]) -> bool:
    """A row of a table that has a column for reasons (主な増減理由)."""
    return any(_HEAD.search(c.header) for c in cells[1:])
