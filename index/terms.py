"""Index terms: Sudachi's normalised forms, compounds, and one canonical form for every way to write a year or an amount."""

from __future__ import annotations

from corpus.dates import find_dates
from corpus.fold import fold
from corpus.lines import join_lines
from corpus.numeral import plain
from corpus.quantity import find_quantities
from corpus.tokenizer import tokenize

TERMS = "terms-2"  # raised when the same text would give other terms or weights


def value_terms(text: str, *, bare_years: bool = False) -> tuple[str, ...]:
    """`@1998` for 1998年, 平成10年 and H10; `@1998-04` with a month; `#289452000円` for 289,452千円 and 2億8,945万2千円."""
    folded = fold(text)
    terms: list[str] = []
    dates = find_dates(folded, bare_years=bare_years)
    for date in dates:
        terms.append(f"@{date.year}")
        if date.month is not None:
            terms.append(f"@{date.year}-{date.month:02d}")
        if date.day is not None:
            terms.append(f"@{date.year}-{date.month:02d}-{date.day:02d}")
    for quantity in find_quantities(folded):
        if any(d.start <= quantity.start < d.end for d in dates):
            continue
        terms.append(f"#{plain(quantity.value)}{quantity.unit}")
    return tuple(terms)


def index_terms(text: str, *, query: bool = False) -> tuple[str, ...]:
    """Terms of a text in order, with repeats; soft line breaks do not cut words.

    Mode A gives the shortest units; where mode C sees a longer word, that word is a term too, so that whole names count more.
    """
    joined = join_lines(text)
    short = tokenize(joined, "A")
    bounds = {(t.start, t.end) for t in short}
    terms = [t.term for t in short if t.is_content]
    terms += [t.term for t in tokenize(joined, "C") if t.is_content and (t.start, t.end) not in bounds]
    return (*terms, *value_terms(joined, bare_years=query))
