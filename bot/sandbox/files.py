"""Uploaded files: kept in memory, described in messages and interactions, served under /cdn."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox import limits
from bot.sandbox.client_rules import check_file_size
from bot.sandbox.core import Core
from bot.sandbox.image_size import image_size
from bot.sandbox.state import Attachment, Channel, Json, User

#: What says nothing about a file, so that its name has to.
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """One part of a multipart request. ``key`` is the number in its field name, ``files[KEY]``."""

    key: str
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SentFile:
    """What a person puts into a file upload of a modal, or into a command's option for a file."""

    filename: str
    content: bytes
    content_type: str = ""
    """Guessed from the name when empty."""
    nitro: bool = False
    """Whether the sender pays Discord for bigger files: up to 500 MiB instead of 10."""


def check_written(
    payload: Json, uploads: Sequence[Upload], *, flags: int, editing: bool = False, before: Json | None = None
) -> None:
    """Refuses a message, with its files, that Discord would refuse; see ``limits.check_message``."""
    names = [upload.filename for upload in uploads]
    limits.check_message(payload, flags=flags, has_files=names, editing=editing, before=before)
    kept = [one["id"] for one in (before or {}).get("attachments") or ()] if editing else None
    limits.check_files(payload, [upload.key for upload in uploads], kept)


def attach(core: Core, channel: Channel, payload: Json, uploads: Sequence[Upload], kept: Sequence[Json]) -> list[Json]:
    """A message's attachments: of those it had (``kept``) the ones that ``payload`` still lists, then the new ones."""
    listed: list[Json] | None = payload.get("attachments")
    by_key = {str(one.get("id")): one for one in listed or ()}
    old = [one | _changes(by_key.get(one["id"])) for one in kept if listed is None or one["id"] in by_key]
    return old + [_attached(core, channel, upload, by_key.get(upload.key) or {}) for upload in uploads]


def _changes(listed: Json | None) -> Json:
    return {"description": listed["description"]} if listed and listed.get("description") else {}


def _attached(core: Core, channel: Channel, upload: Upload, described: Json) -> Json:
    filename = str(described.get("filename") or upload.filename).replace("/", "_")
    data = attachment_json(_keep(core, channel, filename, upload.content_type, upload.content))
    return data | _changes(described)


def receive(core: Core, channel: Channel, sender: User, file: SentFile) -> Attachment:
    """Takes in what a person is about to send to the bot alone, with a modal or a command. Raises CannotUseError when
    it is bigger than they may send."""
    check_file_size(file.filename, len(file.content), nitro=file.nitro)
    filename = file.filename.replace("/", "_").replace(" ", "_")
    return _keep(core, channel, filename, file.content_type or _UNKNOWN, file.content, sender)


def _keep(
    core: Core, channel: Channel, filename: str, content_type: str, content: bytes, sender: User | None = None
) -> Attachment:
    if content_type == _UNKNOWN:
        content_type = mimetypes.guess_type(filename)[0] or content_type
    attachment_id = core.world.snowflakes.next()
    folder = "ephemeral-attachments" if sender else "attachments"
    url = f"{core.base_url}/cdn/{folder}/{channel.id}/{attachment_id}/{quote(filename)}"
    attachment = Attachment(attachment_id, filename, content_type, content, url, sender.id if sender else None)
    core.world.attachments[attachment_id] = attachment
    return attachment


def attachment_json(attachment: Attachment) -> Json:
    """https://discord.com/developers/docs/resources/message#attachment-object"""
    data: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
    }
    if size := image_size(attachment.content):
        data["width"], data["height"] = size
    if attachment.sender_id is not None:
        data["ephemeral"] = True
    return data
