"""Compares the bundled digests with the originals: check_digests.py ORIGINALS [--list]

For every page (same document id, same label) it reports
- common substrings of more than 20 characters (white space left out): `prose` when they read like a part of a sentence,
  `name` when they hold no verb with its particles (names, titles, table cells, figures, lists of names);
- coverage: the share of the original page's dates, quantities and proper names (found by corpus.dates, corpus.quantity and
  Sudachi) that stand on the digest page too. `--list` names what is missing.

The folder of the originals is laid out as the digests are: text files with form feeds and a manifest.toml.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from corpus.dates import find_dates
from corpus.document import Document
from corpus.fold import key
from corpus.folder import find_sources
from corpus.lines import join_lines, mark_end
from corpus.loader import load_document
from corpus.numeral import plain
from corpus.quantity import find_quantities
from corpus.tokenizer import tokenize

LONGEST = 20
DIGESTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"
_PARTICLES = frozenset("をがにではも")


def documents(folder: Path) -> dict[str, Document]:
    return {s.id: load_document(s) for s in find_sources([folder])}


def common_runs(original: str, digest: str, longer_than: int = LONGEST) -> list[str]:
    """Maximal runs of more than `longer_than` characters that both hold, white space left out, in the original's order."""
    a, b = (re.sub(r"\s", "", t) for t in (original, digest))
    runs, i = [], 0
    while i + longer_than < len(a):
        if a[i : i + longer_than + 1] not in b:
            i += 1
            continue
        j = i + longer_than + 1
        while j < len(a) and a[i : j + 1] in b:
            j += 1
        runs.append(a[i:j])
        i = j
    return runs


def is_prose(run: str) -> bool:
    """A verb and two particles outside of quoted names: a piece of a sentence rather than a name or a figure."""
    bare = re.sub(r"[「『“][^」』”]*[」』”]", "", run)
    tokens = tokenize(bare)
    verbs = [t for t in tokens if t.pos in ("動詞", "形容詞", "助動詞")]
    return bool(verbs) and sum(t.pos == "助詞" and t.surface in _PARTICLES for t in tokens) >= 2


def facts(text: str) -> dict[str, str]:
    """Dates, quantities and proper names of a text in one canonical form each, with the number as it is written.

    The marks that open an item (1., (2), 2-1-1.) are left out.
    """
    lines = [join_lines(line) for line in text.split("\n")]
    joined = "\n".join(line[mark_end(line) :] for line in lines)
    dates = find_dates(joined)
    found = {f"@{d.year}-{d.month or 0}-{d.day or 0}": key(joined[d.start : d.end]) for d in dates}
    for q in find_quantities(joined):
        if not any(d.start <= q.start < d.end for d in dates):
            written = re.match(r"[\d,.]*", key(joined[q.start : q.end]))
            found.setdefault(f"#{plain(q.value)}", written[0].replace(",", "") if written else "")
    names = [t for t in tokenize(joined, "C") if t.detail == "固有名詞" and len(t.surface) >= 2]
    return found | {key(t.surface): key(t.surface) for t in names}


def held(fact: str, written: str, digest: dict[str, str], digest_key: str) -> bool:
    """A fact stands in the digest: as a value, or as it is written (a table may carry the unit in its head)."""
    return fact in digest or (bool(written) and written in digest_key)


def excuse(fact: str, written: str, label: str, digest_key: str) -> str:
    """Why a fact need not be carried; "" when nothing excuses it."""
    digits = written or fact.lstrip("#@")
    if digits in (label, label * 2):
        return "printed page number"
    if fact.startswith("#") and _is_glued(digits, digest_key):
        return "numbers of a flattened table or axis run together; each stands in the digest"
    return ""


def _is_glued(digits: str, digest_key: str) -> bool:
    """Can the string be cut into two or more numbers that the digest holds?"""
    numbers = set(re.findall(r"\d+(?:\.\d+)?", digest_key))
    reach = [0] + [-1] * len(digits)
    for i in range(len(digits)):
        if reach[i] < 0:
            continue
        for n in numbers:
            if digits.startswith(n, i):
                reach[i + len(n)] = max(reach[i + len(n)], reach[i] + 1)
    return reach[-1] >= 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("originals", type=Path)
    parser.add_argument("--list", action="store_true", help="name every run and every missing fact")
    options = parser.parse_args()
    digests = documents(DIGESTS)
    carried = total = prose = names = longest_prose = 0
    for document_id, original in documents(options.originals).items():
        pages = {p.label: p for p in digests[document_id].pages}
        if [p.label for p in original.pages] != list(pages):
            print(f"{document_id}: page labels differ")
        kept = wanted = 0
        for page in original.pages:
            digest = pages[page.label].text
            for run in common_runs(page.text, digest):
                if is_prose(run):
                    prose, longest_prose = prose + 1, max(longest_prose, len(run))
                else:
                    names += 1
                if options.list:
                    print(f"{document_id} {page.label} {'prose' if is_prose(run) else 'name'} {len(run)}: {run}")
            there, digest_key = facts(digest), key(digest).replace(",", "")
            for fact, written in sorted(facts(page.text).items()):
                if held(fact, written, there, digest_key):
                    wanted, kept = wanted + 1, kept + 1
                    continue
                reason = excuse(fact, written, page.label, digest_key)
                wanted += not reason
                if options.list:
                    print(f"{document_id} {page.label} missing: {fact} ({reason or 'NOT CARRIED'})")
        print(
            f"{document_id}: {len(original.pages)} pages, {kept}/{wanted} facts carried ({kept / max(1, wanted):.4f})"
        )
        carried, total = carried + kept, total + wanted
    print(
        f"all: {carried}/{total} facts carried ({carried / total:.4f}); runs of more than {LONGEST} characters: "
        f"{prose} prose (longest {longest_prose}), {names} names, titles, cells and figures"
    )


if __name__ == "__main__":
    main()
