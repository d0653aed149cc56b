"""The ruling lines and shaded areas that a PDF page draws, from PDFium's path objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.pdf_glyphs import Sheet

_THIN = 3.0  # points: a filled area no thicker is a line
_SHORT = 0.6  # points: dots of a dotted line are longer
_SLANT = 1.0
_MAX_SEGMENTS = 20_000  # of a page: maps and charts have more, tables far fewer
_MAX_PATH = 400  # segments of one path
_MAX_ROUND = 24  # points of a shape with round corners
_DEPTH = 6

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom in points as shown


@dataclass(frozen=True, slots=True)
class Rules:
    """Lines as thin boxes, areas that are filled, shapes with round corners: (left, top, right, bottom) in points from the top left
    of the sheet."""

    across: tuple[Box, ...]
    down: tuple[Box, ...]
    areas: tuple[Box, ...]
    rounded: tuple[Box, ...] = ()


def read_rules(page: pdfium.PdfPage, sheet: Sheet) -> Rules:
    lines: list[Box] = []
    areas: list[Box] = []
    rounded: list[Box] = []
    budget = _MAX_SEGMENTS
    for path, matrix in _paths(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0):
        count = raw.FPDFPath_CountSegments(path)
        budget -= count
        if budget < 0:
            break
        if not 2 <= count <= _MAX_PATH:
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not (fill.value or stroke.value):
            continue
        for points, straight in _subpaths(path, count, matrix):
            if straight:
                _sort_in(points, bool(fill.value), bool(stroke.value), lines, areas)
            elif 8 <= len(points) <= _MAX_ROUND:
                rounded.append(_around(points))
    shown_lines = _shown(lines, sheet)
    return Rules(
        tuple(b for b in shown_lines if b[2] - b[0] >= max(b[3] - b[1], _SHORT)),
        tuple(b for b in shown_lines if b[3] - b[1] > max(b[2] - b[0], _SHORT)),
        tuple(b for b in _shown(areas, sheet) if b[2] - b[0] < 0.98 * sheet.width),
        tuple(_shown(rounded, sheet)),
    )


def _paths(
    parent: object, count: raw.FPDFPage_CountObjects, get: raw.FPDFPage_GetObject, outer: Matrix, depth: int
) -> Iterator[tuple[object, Matrix]]:
    """The path objects of a page or form with the matrix that brings their points to the page."""
    for i in range(count(parent)):
        one = get(parent, i)
        kind = raw.FPDFPageObj_GetType(one)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(one, ctypes.byref(own))
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield one, matrix
        elif depth < _DEPTH:
            yield from _paths(one, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, matrix, depth + 1)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _subpaths(path: object, count: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The points of each part of a path, and whether its lines are all straight; a closed part ends where it began."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    points: list[Point] = []
    straight = True
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, to_x, to_y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, straight
            points, straight = [], True
        elif kind != raw.FPDF_SEGMENT_LINETO:
            straight = False
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
            points.append(points[0])
    if len(points) > 1:
        yield points, straight


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _sort_in(points: list[Point], fill: bool, stroke: bool, lines: list[Box], areas: list[Box]) -> None:
    """Into `lines` and `areas` (left, bottom, right, top of the file's space) go the parts of a path that are upright."""
    whole = _around(points)
    if fill:
        if min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN:
            lines.append(whole)
            return
        if 4 <= len(points) <= 6:
            areas.append(whole)
    if stroke:
        for (x1, y1), (x2, y2) in pairwise(points):
            if abs(x1 - x2) <= _SLANT or abs(y1 - y2) <= _SLANT:
                lines.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))


def _shown(boxes: list[Box], sheet: Sheet) -> list[Box]:
    if not boxes:
        return []
    turned: list[Box] = [tuple(row) for row in sheet.shown(np.array(boxes)).tolist()]
    return turned
