"""Web pages (lxml): the main text, headings as sections, tables as rows; what is not shown or only leads elsewhere is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from corpus.errors import DocumentError
from corpus.grid import Grid
from corpus.lines import display_width
from corpus.loaded import Loaded
from corpus.sections import Block, sections
from corpus.text_loader import read_text

_SIGNATURE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_DROPPED = frozenset(
    "script style noscript template svg math canvas iframe object embed applet audio video picture img map nav aside form button"
    " input select textarea datalist dialog head title meta link rt rp rtc del menu".split()
)
_FURNITURE = ("header", "footer")  # of the page; an article's own header holds its title
_FURNITURE_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = frozenset(
    "address article blockquote body center dd details dialog div dl dt fieldset figcaption figure footer header hgroup hr html legend"
    " li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


class HtmlLoader:
    """Reads `.html` and `.htm`; nothing is fetched or run."""

    endings: tuple[str, ...] = (".html", ".htm")

    def recognises(self, data: bytes) -> bool:
        return bool(_SIGNATURE.match(data[:4096]))

    def load(self, data: bytes, name: str) -> Loaded:
        """Raises DocumentError when it cannot be read as a page."""
        said = _CHARSET.search(data[:4096]) or _XML_CHARSET.match(data[:200])
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", read_text(data, name, said[1].decode("ascii") if said else ""))
        parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            root = html.document_fromstring(text.replace("\0", ""), parser=parser)
        except (etree.LxmlError, ValueError, AssertionError) as error:
            raise DocumentError(
                f"{name} をHTMLとして読めません。壊れていないか確かめ、保存し直してください。"
            ) from error
        pages = sections(list(_Reader().blocks(_main(root))))
        if not any(page.text.strip() for page in pages):
            pages = sections(list(_Reader(furniture=True).blocks(root)))
        title = root.findtext(".//title") or ""
        return Loaded(pages, " ".join(title.split()), _published(root), "節")


def _main(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the page's own text, where one says so; else the whole page."""
    for path in (".//main", './/*[@role="main"]', ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len("".join(found[0].itertext()).strip()) > 40:
            return found[0]
    return root


def _published(root: html.HtmlElement) -> str:
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in ("article:published_time", "dc.date", "dcterms.date", "dcterms.issued", "date"):
            match = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", (meta.get("content") or "").strip())
            if match:
                return match[0]
    return ""


class _Reader:
    """Walks elements in their order; inline text is gathered until a block begins or ends."""

    def __init__(self, *, furniture: bool = False) -> None:
        self._furniture = furniture
        self._inline = ""
        self._lists: list[list[int]] = []  # [next number, step], step 0 for bullets

    def blocks(self, element: html.HtmlElement) -> Iterator[Block]:
        yield from self._inside(element)
        yield from self._flush()

    def _inside(self, element: html.HtmlElement) -> Iterator[Block]:
        self._inline += element.text or ""
        for child in element:
            if isinstance(child.tag, str) and not self._is_dropped(child):
                yield from self._element(child)
            self._inline += child.tail or ""

    def _element(self, element: html.HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            self._inline += "\v"
        elif tag in _HEADINGS:
            yield from self._flush()
            text = inline_text(_text(element)).replace("\n", " ")
            if text:
                yield Block(text, _HEADINGS[tag])
        elif tag == "table":
            yield from self._flush()
            yield from self._table(element)
        elif tag == "pre":
            yield from self._flush()
            text = _text(element).replace("\v", "\n").strip("\n")
            if text.strip():
                yield Block(text)
        elif tag == "dl":
            yield from self._flush()
            yield from self._terms(element)
        elif tag in ("ul", "ol"):
            yield from self._flush()
            self._lists.append([_int(element.get("start"), 1), tag == "ol"])
            yield from self._inside(element)
            yield from self._flush()
            self._lists.pop()
        elif tag == "li":
            yield from self._flush()
            yield from self._item(element)
        elif tag in _BLOCKS:
            yield from self._flush()
            yield from self._inside(element)
            yield from self._flush()
        else:
            yield from self._inside(element)

    def _item(self, element: html.HtmlElement) -> Iterator[Block]:
        """An item with its mark; what follows its first line inside it is indented like it."""
        if not self._lists:
            self._lists.append([1, False])
            yield from self._item(element)
            self._lists.pop()
            return
        number, ordered = self._lists[-1]
        number = _int(element.get("value"), number)
        self._lists[-1][0] = number + 1
        indent = "  " * (len(self._lists) - 1)
        first = True
        for block in [*self._inside(element), *self._flush()]:
            if first and not block.level and not block.text.startswith("|"):
                mark = "" if _has_mark(block.text) else f"{number}. " if ordered else "・"
                yield Block(indent + mark + block.text, tight=number > 1 or len(self._lists) > 1)
            else:
                yield block
            first = False

    def _terms(self, element: html.HtmlElement) -> Iterator[Block]:
        """A term with one short definition is a field (所管：産業課); others are a heading line and its text."""
        term = ""
        entries = [e for e in element.iter("dt", "dd") if not self._is_dropped(e)]
        for n, entry in enumerate(entries):
            inner = list(_Reader(furniture=self._furniture).blocks(entry))
            text = "\n".join(b.text for b in inner)
            if entry.tag == "dt":
                term = inline_text(text)
                if n + 1 == len(entries) or entries[n + 1].tag == "dt":
                    yield Block(term, tight=n > 0)
                continue
            if term and len(inner) == 1 and "\n" not in text and display_width(term) <= 40 and "：" not in term:
                yield Block(f"{term}：{text}", tight=n > 1)
            else:
                if term:
                    yield Block(f"■ {term}")
                yield from inner
            term = ""

    def _table(self, table: html.HtmlElement) -> Iterator[Block]:
        rows = [
            r for r in table.iter("tr") if next(r.iterancestors("table"), None) is table and not self._is_dropped(r)
        ]
        nested = next(table.iterdescendants("table", "h1", "h2", "h3", "h4"), None) is not None
        if table.get("role") in ("presentation", "none") or nested:
            yield from self._inside(table)
            yield from self._flush()
            return
        caption = table.find("caption")
        text = inline_text(_text(caption)).replace("\n", " ") if caption is not None else ""
        grid = table_grid(rows).text()
        if text or grid:
            yield Block("\n".join(filter(None, (text, grid))))

    def _is_dropped(self, element: html.HtmlElement) -> bool:
        tag = element.tag
        if tag in _DROPPED and not (tag == "form" or (self._furniture and tag in ("nav", "aside"))):
            return True
        if (
            "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "")
        ):
            return True
        if self._furniture or next(element.iterancestors("main", "article"), None) is not None:
            return False
        return tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES

    def _flush(self) -> Iterator[Block]:
        text = inline_text(self._inline)
        self._inline = ""
        if text:
            yield Block(text)


def table_grid(rows: list[html.HtmlElement]) -> Grid:
    """Cells with their spans. Header rows are those of the `thead`, or the rows at the top that hold only `th`."""
    headers = 0
    while headers < len(rows) and (
        next(rows[headers].iterancestors("thead"), None) is not None
        or all(c.tag == "th" for c in rows[headers].iterchildren("td", "th"))
    ):
        headers += 1
    led = [[c.tag for c in row.iterchildren("td", "th")] for row in rows]
    by_row = not headers and all(
        tags[0] == "th" and "td" in tags for tags in led if tags
    )  # a name and its values in each row
    grid = Grid(0 if by_row else headers or None)
    for n, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while grid.is_taken(n, column):
                column += 1
            columns = min(max(_int(cell.get("colspan"), 1), 1), 100)
            height = min(max(_int(cell.get("rowspan"), 1), 1), len(rows) - n)
            grid.put(n, column, inline_text(_text(cell)), height, columns)
            column += columns
    return grid


def _text(element: html.HtmlElement) -> str:
    """All text of an element with its breaks; furigana and what is hidden are left out."""
    out = [element.text or ""]
    for child in element:
        shown = isinstance(child.tag, str) and child.tag not in _DROPPED and "hidden" not in child.attrib
        if shown and not _HIDDEN.search(child.get("style") or ""):
            gap = "\v" if child.tag == "br" or child.tag in _BLOCKS else ""
            out.append(gap if child.tag == "br" else gap + _text(child) + gap)
        out.append(child.tail or "")
    return "".join(out)


def inline_text(text: str) -> str:
    """White space as a browser shows it: runs are one blank, a source line break between Japanese characters is nothing."""
    lines = []
    for line in text.split("\v"):
        line = re.sub(r"(?<=[^\x00-\u2E7F])[ \t]*[\r\n]\s*(?=[^\x00-\u2E7F])", "", line.strip(" \t\r\n\f"))
        lines.append(re.sub(r"[ \t\r\n\f\xa0]+", " ", line).strip(" "))
    return "\n".join(line for line in lines if line)


def _has_mark(text: str) -> bool:
    return bool(re.match(r"[・●○◆◇■□※①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．、]", text))


def _int(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,5}", value.strip()) else default
