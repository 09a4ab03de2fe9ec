"""Uploaded files: kept in memory, described in messages, served under /cdn."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.core import Core
from bot.sandbox.state import Attachment, Channel, Json


@dataclass(frozen=True, slots=True)
class Upload:
    """One part of a multipart request. ``key`` is the number in its field name, ``files[KEY]``."""

    key: str
    filename: str
    content_type: str
    content: bytes


def attach(core: Core, channel: Channel, payload: Json, uploads: Sequence[Upload], kept: Sequence[Json]) -> list[Json]:
    """A message's attachments: of those it had (``kept``) the ones that ``payload`` still lists, then the new ones."""
    listed: list[Json] | None = payload.get("attachments")
    by_key = {str(one.get("id")): one for one in listed or ()}
    old = [one | _changes(by_key.get(one["id"])) for one in kept if listed is None or one["id"] in by_key]
    return old + [_store(core, channel, upload, by_key.get(upload.key) or {}) for upload in uploads]


def _changes(listed: Json | None) -> Json:
    return {"description": listed["description"]} if listed and listed.get("description") else {}


def _store(core: Core, channel: Channel, upload: Upload, described: Json) -> Json:
    filename = str(described.get("filename") or upload.filename).replace("/", "_")
    guessed = upload.content_type
    if guessed == "application/octet-stream":
        guessed = mimetypes.guess_type(filename)[0] or guessed
    attachment = Attachment(core.world.snowflakes.next(), filename, guessed, upload.content)
    core.world.attachments[attachment.id] = attachment
    url = f"{core.base_url}/cdn/attachments/{channel.id}/{attachment.id}/{filename}"
    data: Json = {
        "id": str(attachment.id),
        "filename": filename,
        "size": len(upload.content),
        "url": url,
        "proxy_url": url,
        "content_type": guessed,
    }
    if described.get("description"):
        data["description"] = described["description"]
    return data
