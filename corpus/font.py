"""A font of this system that has Japanese characters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

INSTALL = "apt-get install fonts-noto-cjk"
# File and number of the face in it; half and full widths first, because tables in text are set with blanks.
_FACES = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 5),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 5),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 5),
    ("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf", 0),
    ("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", 0),
    ("/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf", 0),
    ("/usr/share/fonts/truetype/takao-gothic/TakaoGothic.ttf", 0),
    ("C:/Windows/Fonts/msgothic.ttc", 0),
    ("C:/Windows/Fonts/meiryo.ttc", 0),
    ("C:/Windows/Fonts/YuGothM.ttc", 0),
    ("/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc", 0),
)


@cache
def japanese_face() -> tuple[Path, int] | None:
    """The file of a font and the number of its face; None when none of the known ones is installed."""
    return next(((Path(path), face) for path, face in _FACES if Path(path).is_file()), None)


@cache
def japanese_font(size_px: int) -> ImageFont.FreeTypeFont | None:
    """The font in a size, None when this system has none."""
    found = japanese_face()
    return (
        ImageFont.truetype(str(found[0]), size_px, index=found[1], layout_engine=ImageFont.Layout.BASIC)
        if found
        else None
    )
