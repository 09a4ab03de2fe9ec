"""A request's body: JSON, or a form with JSON and files."""

import json
import re
from contextlib import suppress
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox import errors
from bot.sandbox.client_rules import MAX_FILE
from bot.sandbox.files import Upload

_FILE = re.compile(r"files?\[(\d+)\]")
#: Discord takes at most this much in one request, in bytes.
MAX_BODY = 25 * 1024 * 1024


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON (None where there is none) and the files, each of which may be as big as a person's without Nitro.

    Raises 413 40005 and 400 50109.
    """
    if not request.body_exists:
        return None, []
    if (request.content_length or 0) > MAX_BODY:
        raise errors.too_large()
    try:
        if request.content_type.startswith("multipart/"):
            return await _parts(request)
        text = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise errors.too_large() from None
    return _parse(text) if text else None, []


async def _parts(request: web.Request) -> tuple[Any, list[Upload]]:
    try:
        return await _read_parts(request)
    except ValueError:
        # No boundary, no end, no UTF-8.
        raise errors.invalid_json() from None


async def _read_parts(request: web.Request) -> tuple[Any, list[Upload]]:
    data: Any = None
    uploads: list[Upload] = []
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        size += len(content)
        if size > MAX_BODY or (part.filename is not None and len(content) > MAX_FILE):
            raise errors.too_large()
        named = _FILE.fullmatch(part.name or "")
        if part.name == "payload_json":
            data = _parse(content)
        elif part.filename is not None:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(named[1] if named else str(len(uploads)), part.filename, kind, content))
        elif data is None or isinstance(data, dict):
            data = (data or {}) | {part.name: content.decode()}
    return ({} if data is None and uploads else data), uploads


def _parse(text: bytes) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    raise errors.invalid_json()
