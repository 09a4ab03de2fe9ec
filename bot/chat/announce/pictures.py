"""The picture of an announcement: fetched and kept when the draft is made, since links to uploads expire."""

import discord

from bot.domain.announce.announcement import PICTURE_MOST, Picture
from bot.domain.errors import UsherError

#: What a file of each kind begins with: what people call it says little.
_BEGINS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8"}
_MEGABYTE = 1024 * 1024


class PictureError(UsherError):
    """It cannot be used; the text says why, and what to do."""


async def fetched(upload: discord.Attachment, alt: str) -> tuple[Picture, bytes]:
    """Raises PictureError for what is too large, no picture, or cannot be fetched."""
    if upload.size > PICTURE_MOST:
        raise PictureError(
            f"The picture has {upload.size / _MEGABYTE:.0f} MB, and {PICTURE_MOST // _MEGABYTE} MB fit. "
            "Choose a smaller one."
        )
    try:
        content = await upload.read()
    except discord.HTTPException as error:
        raise PictureError("The picture could not be fetched from Discord. Add it again.") from error
    kind = _kind(content)
    if kind is None:
        raise PictureError("The file is no picture that Discord shows. Choose a PNG, JPEG, GIF or WebP file.")
    return Picture(f"picture.{kind}", f"image/{kind}", alt, len(content)), content


def _kind(content: bytes) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for kind, begin in _BEGINS.items() if content.startswith(begin)), None)
