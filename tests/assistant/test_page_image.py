"""Pictures over HTTP: the cited words marked, nothing drawn twice, nothing kept that is gone."""

import io
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from assistant.api import create_app
from assistant.compose import LiveService, make_page_images, open_service
from assistant.ingesting import ingest
from assistant.library_desk import LibraryDesk
from assistant.page_image import PageImages
from corpus.font import INSTALL, japanese_face
from corpus.sandbox import Sandbox

from .invented import Place

pytestmark = pytest.mark.skipif(japanese_face() is None, reason=f"needs a Japanese font: {INSTALL}")
PLAN = "/v1/documents/minami-plan/pages"


@pytest.fixture(scope="module")
def pictures(service: LiveService, indexed: Place) -> Iterator[TestClient]:
    with closing(make_page_images(indexed.settings)) as images:
        yield TestClient(create_app(service, LibraryDesk(indexed.home), images=images), raise_server_exceptions=False)


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_page_names_its_picture_whatever_is_printed_on_it(pictures: TestClient) -> None:
    for label in ("1", "別表1", "参考1/2"):
        page = pictures.get(f"{PLAN}/{quote(label, safe='')}").json()
        assert page["image"] == f"{PLAN}/{quote(label, safe='')}/image"
        response = pictures.get(page["image"])
        assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
        assert image(response.content).width == 1200


def test_the_cited_words_are_marked(pictures: TestClient) -> None:
    page = pictures.get(f"{PLAN}/1").json()
    start = page["text"].index("平成20年7月14日")
    plain, marked = (
        image(pictures.get(page["image"], params=p).content) for p in ({}, {"start": start, "end": start + 10})
    )
    assert plain.size == marked.size
    assert plain.tobytes() != marked.tobytes()


def test_a_picture_that_the_client_has_is_not_sent_again(pictures: TestClient) -> None:
    first = pictures.get(f"{PLAN}/1/image?start=1&end=5")
    tag = first.headers["etag"]
    assert "private" in first.headers["cache-control"]
    again = pictures.get(f"{PLAN}/1/image?start=1&end=5", headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = pictures.get(f"{PLAN}/1/image?start=1&end=6", headers={"If-None-Match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize("query", ["width=100", "width=100000", "start=-1", "end=x"])
def test_sizes_and_places_are_bounded(pictures: TestClient, query: str) -> None:
    response = pictures.get(f"{PLAN}/1/image?{query}")
    assert response.status_code == 422
    assert query.partition("=")[0] in response.json()["detail"]


@pytest.mark.parametrize("path", ["minami-plan/pages/99/image", "nichts/pages/1/image", "nichts/file"])
def test_what_is_not_indexed_has_no_picture(pictures: TestClient, path: str) -> None:
    assert pictures.get(f"/v1/documents/{path}").status_code == 404


def test_an_original_that_could_act_is_only_saved(pictures: TestClient, indexed: Place) -> None:
    response = pictures.get("/v1/documents/minami-plan/file")
    assert response.content == (indexed.documents / "minami-plan.txt").read_bytes()
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''minami-plan.txt"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


def test_an_original_that_moved_is_found_and_one_that_changed_is_not_given(own: Place, tmp_path: Path) -> None:
    path = tmp_path / "minato.txt"
    path.write_text("みなと町の防波堤の延長は、1,870メートルである。", encoding="utf-8")
    ingest(own.settings, [path], quiet=True)
    moved = path.rename(own.documents / path.name)
    with closing(open_service(own.settings)) as service, closing(make_page_images(own.settings)) as images:
        client = TestClient(create_app(service, LibraryDesk(own.home), images=images))
        assert client.get("/v1/documents/minato/file").status_code == 404
        ingest(own.settings, [], quiet=True)
        assert client.get("/v1/documents/minato/file").content == moved.read_bytes()
        moved.write_text("延長は、1,880メートルである。", encoding="utf-8")
        response = client.get("/v1/documents/minato/file")
        assert response.status_code == 404
        assert "取り込み直して" in response.json()["detail"]
        assert client.get("/v1/documents/minato/pages/1/image").status_code == 200  # from the indexed text


def marked_rows(picture: Image.Image) -> list[int]:
    """The rows of pixels in which something is coloured like a marker pen."""
    pixels = np.asarray(picture).astype(int)
    return np.flatnonzero(((pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 160)).any(axis=1)).tolist()


def test_a_pdf_shows_as_printed_with_the_mark_on_its_words_also_out_of_a_zip(own: Place, tmp_path: Path) -> None:
    pdf = tmp_path / "wall.pdf"
    canvas = Canvas(str(pdf), pagesize=(400, 600))
    for n, line in enumerate(("The harbour wall is 1,870 metres long.", "It was finished in 1998.")):
        canvas.drawString(50, 500 - 200 * n, line)
    canvas.showPage()
    canvas.save()
    with ZipFile(tmp_path / "package.zip", "w") as archive:
        archive.writestr("folder/zipped.pdf", pdf.read_bytes())
    ingest(own.settings, [pdf, tmp_path / "package.zip"], quiet=True)
    with closing(open_service(own.settings)) as service, closing(make_page_images(own.settings)) as images:
        client = TestClient(create_app(service, LibraryDesk(own.home), images=images))
        for document_id in ("wall", "zipped"):
            page = client.get(f"/v1/documents/{document_id}/pages/1").json()
            start = page["text"].index("1998")
            span = {"start": start, "end": start + 4, "width": 800}
            for _ in range(2):  # drawn, then from the cache
                picture = image(client.get(page["image"], params=span).content)
                rows = marked_rows(picture)
                assert picture.size == (800, 1200)
                assert 2 * (600 - 300 - 20) < rows[0] < rows[-1] < 2 * (600 - 300 + 10)
            file = client.get(f"/v1/documents/{document_id}/file")
            assert file.content == pdf.read_bytes()
            assert file.headers["content-type"] == "application/pdf"
            assert file.headers["content-disposition"].startswith("inline")
    assert len(list((own.home / "pictures").rglob("*.png"))) == 1  # the same file, whatever it is called


def test_the_cache_of_pictures_keeps_what_was_used_last(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        images = PageImages(tmp_path, sandbox, cache_bytes=1000)
        for n in range(12):
            images._keep(tmp_path / "pictures" / "digest" / f"{n}-800-1.png", bytes(100))
            os.utime(tmp_path / "pictures" / "digest" / f"{n}-800-1.png", (n, n))
    left = sorted(int(p.name.partition("-")[0]) for p in (tmp_path / "pictures").rglob("*.png"))
    assert left[-1] == 11
    assert len(left) <= 10
