"""How many cells of tables in PDFs are found under the names of their row and column: `python -m benchmarks.pdf_tables [--missed]`."""

from __future__ import annotations

import argparse

from corpus.pdf_loader import PdfLoader
from tests.documents.tables import found_share, table_pages


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--missed", action="store_true", help="show the cells that were not found, and their page")
    show = parser.parse_args().missed
    hits = cells = 0
    for special, paper, tables in table_pages():
        (page,) = PdfLoader().load(paper.data(), "table.pdf").pages
        found, count, missed = found_share(page.text, tables)
        hits, cells = hits + found, cells + count
        print(f"{special:32} {found:4} of {count:4}")
        if show and missed:
            print("\n".join(f"    {one}" for one in missed[:8]), page.text, sep="\n")
    print(f"{hits} of {cells} cells, {hits / cells:.1%}")


if __name__ == "__main__":
    main()
