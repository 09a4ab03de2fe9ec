"""How big a picture is, read from its first bytes as Discord does it: PNG, GIF and JPEG."""

from struct import unpack_from

_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"
#: The JPEG segments that begin a frame and tell its size. C4, C8 and CC among them hold tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no such picture, whatever its name says."""
    if content.startswith(_PNG) and len(content) >= 24:
        width, height = unpack_from(">II", content, 16)
        return width, height
    if content.startswith(_GIF) and len(content) >= 10:
        width, height = unpack_from("<HH", content, 6)
        return width, height
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Before the frame there may be any number of other segments, each with its own length."""
    at = len(_JPEG)
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind in _FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return width, height
        # 0xFF may be repeated to fill up.
        at += 1 if kind == 0xFF else 2 + unpack_from(">H", content, at + 2)[0]
    return None
