"""Plots as inline SVG: bars with intervals, curves and dots. Every text goes through escaping; sizes are in SVG units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from eval.bootstrap import Estimate
from eval.risk import RiskPoint

_WIDTH, _LABEL, _ROW = 520, 150, 26
_FEW = 12  # points of a curve that are drawn as dots too
_LEFT, _TOP, _HEIGHT = 46, 26, 240


def bars(figures: Mapping[str, Estimate], title: str) -> Markup:
    """A horizontal bar for every mean (0 to 1) with its 95 % interval as a whisker."""
    span = _WIDTH - _LABEL - 92
    rows = []
    for n, (name, found) in enumerate(figures.items()):
        y = n * _ROW + 6
        middle = y + 8
        low, high = (_LABEL + span * v for v in (found.low, found.high))
        rows.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text><rect class="track" x="{}" y="{}" width="{}" height="16"/>'
                '<rect class="bar" x="{}" y="{}" width="{:.1f}" height="16"/>'
                '<path class="whisker" d="M{:.1f} {}H{:.1f}M{:.1f} {}v8M{:.1f} {}v8"/>'
                '<text class="figure" x="{}" y="{}">{:.3f}<tspan class="n"> n={}</tspan></text>'
            ).format(
                *(_LABEL - 8, y + 13, name, _LABEL, y, span, _LABEL, y, span * found.mean),
                *(low, middle, high, low, middle - 4, high, middle - 4, _LABEL + span + 8, y + 13, found.mean, found.n),
            )
        )
    return _svg(title, len(figures) * _ROW + 8, rows)


def dots(figures: Mapping[str, Mapping[str, Estimate]], title: str) -> Markup:
    """For every leg a line through its metrics, each a dot with its interval; the axis begins where the lowest interval does."""
    metrics = list(dict.fromkeys(m for found in figures.values() for m in found))
    low = min((e.low for found in figures.values() for e in found.values()), default=0.0)
    floor = min(0.9, int(max(0.0, low) * 10) / 10)
    width = _WIDTH - _LEFT - 20
    parts = [_axes(floor)]
    for n, (leg, found) in enumerate(figures.items()):
        points = []
        for i, metric in enumerate(metrics):
            if metric not in found:
                continue
            x = _LEFT + width * (i + 0.5) / len(metrics) + (n - (len(figures) - 1) / 2) * 11
            y, top, bottom = (_y(v, floor) for v in (found[metric].mean, found[metric].high, found[metric].low))
            points.append(
                Markup(
                    '<path class="whisker leg{}" d="M{:.1f} {:.1f}V{:.1f}"/><circle class="leg{}" cx="{:.1f}" cy="{:.1f}" r="4"/>'
                ).format(n, x, top, bottom, n, x, y)
            )
        parts.append(Markup("<g><title>{}</title>{}</g>").format(leg, Markup("").join(points)))
        parts.append(
            Markup('<circle class="leg{}" cx="{}" cy="{}" r="4"/><text x="{}" y="{}">{}</text>').format(
                n, _LEFT + 12 + n * 96, _HEIGHT + 52, _LEFT + 20 + n * 96, _HEIGHT + 56, leg
            )
        )
    for i, metric in enumerate(metrics):
        x = _LEFT + width * (i + 0.5) / len(metrics)
        parts.append(Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(x, _HEIGHT + 18, metric))
    return _svg(title, _HEIGHT + 66, parts)


def risk_curve(points: Sequence[RiskPoint], title: str, x_name: str, y_name: str) -> Markup:
    """Risk against coverage, both shares; a step holds until the next answer is let through."""
    top = max(0.1, max((p.risk for p in points), default=0.0) * 1.2)
    return _curve([(p.coverage, p.risk) for p in points], title, x_name, y_name, 1.0, top)


def latency_curve(values: Sequence[float], title: str, x_name: str, y_name: str) -> Markup:
    """Share of answers that were there after so many milliseconds."""
    ordered = sorted(values)
    points = [(ms, n / len(ordered)) for n, ms in enumerate(ordered, 1)]
    return _curve(points, title, x_name, y_name, max(ordered, default=1.0) or 1.0, 1.0)


def _curve(
    points: Sequence[tuple[float, float]], title: str, x_name: str, y_name: str, right: float, top: float
) -> Markup:
    width = _WIDTH - _LEFT - 20
    placed = [(_LEFT + width * x / right, _y(y / top, 0.0)) for x, y in points]
    path = "".join(f"{'M' if n == 0 else 'L'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(placed))
    ticks = [
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            _LEFT + width * share, _HEIGHT + 18, f"{right * share:.0f}" if right > 1 else f"{share:.2f}"
        )
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    names = Markup(
        '<text x="{}" y="{}" text-anchor="middle" class="axis-name">{}</text><text x="{}" y="13" class="axis-name">{}</text>'
    ).format(_LEFT + width / 2, _HEIGHT + 38, x_name, 4, y_name)
    line = Markup('<path class="curve" d="{}"/>').format(path)
    if len(placed) <= _FEW:
        line += Markup("").join(
            Markup('<circle class="point" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(x, y) for x, y in placed
        )
    return _svg(title, _HEIGHT + 48, [_axes(0.0, top), line, *ticks, names])


def _y(share: float, floor: float) -> float:
    return _TOP + (_HEIGHT - _TOP) * (1 - (share - floor) / (1 - floor))


def _axes(floor: float, top: float = 1.0) -> Markup:
    """Horizontal lines at five shares of the axis."""
    lines = []
    for n in range(5):
        share = floor + (1 - floor) * n / 4
        y = _y(share, floor)
        lines.append(
            Markup(
                '<path class="grid" d="M{} {:.1f}H{}"/><text x="{}" y="{:.1f}" text-anchor="end">{:.2f}</text>'
            ).format(_LEFT, y, _WIDTH - 16, _LEFT - 6, y + 4, share * top)
        )
    return Markup("").join(lines)


def _svg(title: str, height: int, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<figure><figcaption>{}</figcaption><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg></figure>'
    ).format(title, _WIDTH, height, title, Markup("").join(parts))
