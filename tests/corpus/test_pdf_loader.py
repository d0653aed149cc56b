from __future__ import annotations

import pytest

from corpus.errors import DocumentError
from corpus.geometry import Rectangle
from corpus.loaded import LoadedPage
from corpus.loader import choose_loader, printed_labels
from corpus.pdf_loader import PdfLoader

from ..documents.pdfs import SLIDE, Paper

READ = PdfLoader()


def place(page: LoadedPage, words: str) -> tuple[Rectangle, ...]:
    start = page.text.index(words)
    assert page.geometry is not None
    return page.geometry.rectangles(start, start + len(words))


def covers(rectangle: Rectangle, left: float, top: float, right: float, bottom: float, slack: float = 3) -> bool:
    """Does the rectangle hold the drawn words, with little around them?"""
    near = zip(
        (rectangle.left, rectangle.top, rectangle.right, rectangle.bottom), (left, top, right, bottom), strict=True
    )
    return all(abs(a - b) <= slack for a, b in near)


def test_words_stand_where_they_were_drawn() -> None:
    (page,) = READ.load(Paper().text(72, 100, "大空県の産業計画では12社が参加した。", 12).data(), "plan.pdf").pages
    assert page.text == "大空県の産業計画では12社が参加した。"
    (one,) = place(page, "産業計画")
    assert covers(one, 72 + 4 * 12, 100 - 11, 72 + 8 * 12, 102)


def test_every_code_point_has_a_box_of_its_own() -> None:
    (page,) = READ.load(Paper().lines(72, 100, ["𠮷野町の計画", "二行目"]).data(), "plan.pdf").pages
    assert page.text == "𠮷野町の計画\n二行目"
    assert page.geometry is not None
    assert len(page.geometry.boxes) == len(page.text)
    assert len(page.geometry.rectangles(0, len(page.text))) == 2


def test_places_are_those_of_the_page_as_it_is_shown() -> None:
    paper = Paper(SLIDE)
    for degrees in (0, 90, 180, 270):
        paper.text(100, 60, "計画", 20).shown(rotation=degrees, crop=(40, 30, 640, 530)).next_page()
    pages = READ.load(paper.data(), "plan.pdf").pages
    sizes = [(page.geometry.width, page.geometry.height) for page in pages if page.geometry]
    assert sizes == [(600, 500), (500, 600), (600, 500), (500, 600)]
    first = [Rectangle(*(page.geometry.boxes[0] / 10).tolist()) for page in pages if page.geometry]
    assert covers(first[0], 60, 12, 80, 33)
    assert covers(first[1], 467, 60, 488, 80)
    assert covers(first[2], 520, 467, 540, 488)
    assert covers(first[3], 12, 520, 33, 540)
    assert {page.text for page in pages} == {"計画"}


def test_labels_are_those_of_the_label_tree() -> None:
    paper = Paper()
    for n in range(7):
        if n in (0, 4):
            paper.label("ARABIC" if n else "ROMAN_LOWER")
        paper.text(72, 100, f"{n + 1}枚目の本文").next_page()
    paper.label("ARABIC", 1, "別表").text(72, 100, "別表の本文")
    assert printed_labels(READ.load(paper.data(), "plan.pdf")) == ("i", "ii", "iii", "iv", "1", "2", "3", "別表1")


def test_title_and_date_are_those_of_the_file() -> None:
    loaded = READ.load(Paper(title="大空県産業計画").text(72, 100, "本文").data(), "plan.pdf")
    assert (loaded.title, loaded.published) == ("大空県産業計画", "2000-01-01")
    assert loaded.guessed == ("published",)


def test_an_encrypted_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(DocumentError, match=r"secret\.pdf はパスワードで保護されています。.*保存し直して"):
        READ.load(Paper(password="ひみつ1").text(72, 100, "本文").data(), "secret.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_cut_off_file_is_refused_even_where_some_pages_could_be_saved(share: float) -> None:
    paper = Paper()
    for n in range(5):
        paper.text(72, 100, f"{n + 1}枚目の本文").next_page()
    data = paper.data()
    with pytest.raises(DocumentError, match=r"cut\.pdf.*途中で切れて"):
        READ.load(data[: int(len(data) * share)], "cut.pdf")


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    paper = Paper()
    for n in range(3):
        paper.text(72, 100, f"{n + 1}枚目の本文").next_page()
    data = paper.data()
    at = [i for i in range(len(data)) if data.startswith(b"/Type /Page\n", i)][1]
    pages = READ.load(data[:at] + b"/Type /Pagx\n" + data[at + 12 :], "plan.pdf").pages
    assert [page.text for page in pages][::2] == ["1枚目の本文", "3枚目の本文"]


def test_a_picture_without_words_says_what_it_needs_and_blank_paper_does_not() -> None:
    paper = Paper().box(50, 50, 200, 200, fill=0.5).next_page().next_page().text(72, 100, "本文")
    picture, blank, page = READ.load(paper.data(), "scan.pdf").pages
    assert "OCR" in picture.problem
    assert (blank.text, blank.problem) == ("", "")
    assert (page.text, page.problem) == ("本文", "")


def test_a_scanned_page_with_nothing_but_its_number_needs_recognition() -> None:
    paper = Paper()
    for n in range(4):
        paper.text(290, 815, f"- {n + 1} -", 9)
        if n == 2:
            paper.picture(0, 0, 595, 800)
        elif n < 3:
            paper.text(72, 100, f"{n + 1}枚目の本文である。")
        paper.next_page()
    pages = READ.load(paper.data(), "plan.pdf").pages
    assert ["OCR" in page.problem for page in pages] == [False, False, True, False]
    assert [page.label for page in pages] == ["1", "2", "3", "4"]


def test_a_pdf_is_known_by_its_content() -> None:
    data = Paper().text(72, 100, "本文").data()
    assert isinstance(choose_loader("plan.txt", data), PdfLoader)
    assert not READ.recognises("本文".encode())


def test_five_hundred_pages_are_read_in_order() -> None:
    paper = Paper()
    for n in range(500):
        paper.text(72, 100, f"第{n + 1}号の記録である。").text(290, 815, str(n + 11), 9).next_page()
    loaded = READ.load(paper.data(), "long.pdf")
    assert [page.text for page in loaded.pages] == [f"第{n + 1}号の記録である。" for n in range(500)]
    assert printed_labels(loaded) == tuple(str(n + 11) for n in range(500))
    assert "page_labels" in loaded.guessed
