"""Small pictures, made by hand: of any size in pixels, and of any number of bytes."""

import struct
import zlib


def png(width: int = 2, height: int = 1, colour: tuple[int, int, int] = (88, 101, 242), weight: int = 0) -> bytes:
    """A picture of one colour that every browser shows. ``weight``: bytes it has at least."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b"")]
    return (b"\x89PNG\r\n\x1a\n" + b"".join(parts)).ljust(weight, b"\0")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gif(width: int, height: int) -> bytes:
    """The beginning of one, which tells its size."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0"


def jpeg(width: int, height: int, *before: bytes) -> bytes:
    """The beginning of one, up to the frame that tells its size, with any segments ``before`` that."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 8, 8, height, width, 1)
    return b"\xff\xd8" + b"".join(before) + frame


def segment(kind: int, content: bytes) -> bytes:
    """A JPEG's segment."""
    return bytes((0xFF, kind)) + struct.pack(">H", 2 + len(content)) + content
