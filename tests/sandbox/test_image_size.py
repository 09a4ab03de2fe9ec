"""The size of a picture, from its bytes alone."""

import pytest

from bot.sandbox.image_size import image_size

from .pictures import gif, jpeg, png, segment

EXIF, TABLE = segment(0xE1, b"Exif\0\0\xff\xc0 not a frame"), segment(0xC4, b"\0" * 20)
SIZES = {
    "png": (png(640, 480), (640, 480)),
    "gif": (gif(320, 200), (320, 200)),
    "jpeg": (jpeg(1200, 900), (1200, 900)),
    "jpeg with what comes before": (jpeg(1200, 900, EXIF, TABLE), (1200, 900)),
    "jpeg filled up": (jpeg(8, 9, b"\xff\xff"), (8, 9)),
    "jpeg that ends early": (jpeg(8, 9, EXIF)[:34], None),
    "jpeg of nothing": (b"\xff\xd8", None),
    "jpeg with rubbish": (b"\xff\xd8" + b"\0" * 40, None),
    "png that ends early": (png()[:20], None),
    "gif that ends early": (gif(1, 1)[:8], None),
    "no picture": (b"%PDF-1.7", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize(("content", "size"), SIZES.values(), ids=SIZES.keys())
def test_image_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(content) == size
