"""Messages: what `check_message` refuses.

https://discord.com/developers/docs/resources/message#create-message
"""

from collections.abc import Collection, Mapping
from typing import Any

from .. import errors
from ..state import MessageFlag
from .components import message_components
from .embeds import embeds_errors, is_empty
from .fields import (
    Wrong,
    booleans,
    each,
    is_snowflake,
    known,
    leaf,
    length,
    listed,
    names,
    need,
    not_a_snowflake,
    not_an_object,
    one_of,
    refuse,
    snowflakes,
    texts,
)

MAX_CONTENT = 2000
MAX_FILES = 10
MAX_NONCE = 25
MAX_MENTIONS = 100

#: Those of every route that takes a message: channels, forum posts, interactions, their follow-ups and edits.
_MESSAGE = names(
    "content embeds allowed_mentions sticker_ids components flags attachments poll shared_client_theme "
    "message_reference nonce enforce_nonce tts username avatar_url thread_name applied_tags"
)
_MENTIONS = names("parse users roles replied_user")
_REFERENCE = names("type message_id channel_id guild_id fail_if_not_exists")
_POLL = names("question answers allow_multiselect layout_type duration")
#: https://discord.com/developers/docs/resources/message#message-object-message-flags
_FLAGS = 0b1111_0001_1111_1111
#: What a Components V2 message cannot have beside its components.
_CLASSIC_ONLY = ("content", "embeds", "poll", "sticker_ids")


def check_message(
    payload: Mapping[str, Any],
    *,
    flags: int = 0,
    has_files: bool | Collection[str] = False,
    editing: bool = False,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Refuses (50035, or 50006 when empty) a message that Discord would refuse.

    ``flags``: the message's flags as they will be. ``has_files``: whether files come with it, or better their names,
    so that `attachment://` can be checked. ``before``: when editing, the message as it is, if known.
    """
    wrong: Wrong = {}
    known(payload, _MESSAGE, wrong)
    v2 = bool(flags & MessageFlag.COMPONENTS_V2)
    if v2:
        _classic_fields(payload, before, wrong)
    else:
        texts(payload, (("content", 0, MAX_CONTENT),), wrong)
    if payload.get("embeds") is not None and "embeds" not in wrong and (found := embeds_errors(payload["embeds"])):
        wrong["embeds"] = found
    if payload.get("components") is not None:
        files = _file_names(has_files, editing)
        if found := message_components(payload["components"], v2=v2, files=files):
            wrong["components"] = found
    if flags & ~_FLAGS:
        wrong["flags"] = _unknown_flag()
    _rest(payload, wrong)
    refuse(wrong)
    if before is not None:
        payload = {**before, **payload}
    elif editing:
        return
    if _is_empty(payload, v2) and not has_files:
        raise errors.empty_message()


def check_flags(flags: int) -> None:
    """Refuses a flag that does not exist, as ``known`` does a field."""
    if flags & ~_FLAGS:
        refuse({"flags": _unknown_flag()})


def _unknown_flag() -> Wrong:
    return leaf("UNKNOWN_FLAG", "Discord has no such flag here and would ignore it.")


def check_files(payload: Mapping[str, Any], files: Collection[str], kept: Collection[str] | None = None) -> None:
    """Refuses (50035) more files than Discord takes, and the description of a file that is not there.

    ``files`` are the numbers in the names of the files' fields; ``kept`` the ids of those that an edited message has.
    The form itself was checked before.
    """
    wrong: Wrong = {}
    attachments = payload.get("attachments")
    listed_ids = [str(one["id"]) for one in attachments or ()]
    old = [one for one in kept or () if attachments is None or one in listed_ids]
    if len(files) + len(old) > MAX_FILES:
        wrong["attachments"] = length(0, MAX_FILES)
    elif kept is None and (lost := [place for place, one in enumerate(listed_ids) if one not in files]):
        not_found = leaf("ATTACHMENT_NOT_FOUND", "Attachment data not found")
        wrong["attachments"] = {str(place): not_found for place in lost}
    refuse(wrong)


def _classic_fields(payload: Mapping[str, Any], before: Mapping[str, Any] | None, wrong: Wrong) -> None:
    """V2 excludes text and embeds; an edit that turns a message into V2 must take them away by name."""
    for name in _CLASSIC_ONLY:
        value = payload.get(name) if name in payload or before is None else before.get(name)
        if value or (name == "poll" and value is not None):
            text = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            wrong[name] = leaf("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)


def _file_names(has_files: bool | Collection[str], editing: bool) -> Collection[str] | None:
    """What `attachment://` may name; None when that cannot be known here."""
    if has_files is True or editing:
        return None
    return () if has_files is False else has_files


def _rest(payload: Mapping[str, Any], wrong: Wrong) -> None:
    """The fields that are seldom wrong."""
    nonce = payload.get("nonce")
    if isinstance(nonce, str) and len(nonce) > MAX_NONCE:
        wrong["nonce"] = length(0, MAX_NONCE)
    mentions = payload.get("allowed_mentions")
    if mentions is not None and (found := _allowed_mentions(mentions)):
        wrong["allowed_mentions"] = found
    attachments = payload.get("attachments")
    if attachments and (found := each(attachments, 0, MAX_FILES, _attachment)):
        wrong["attachments"] = found
    booleans(payload, ("tts", "enforce_nonce"), wrong)
    if found := snowflakes(listed(payload, "sticker_ids", 3, wrong)):
        wrong["sticker_ids"] = found
    poll = payload.get("poll")
    if poll is not None and "poll" not in wrong and (found := _poll(poll)):
        wrong["poll"] = found
    reference = payload.get("message_reference")
    if reference is not None and (found := _reference(reference)):
        wrong["message_reference"] = found


def _allowed_mentions(mentions: object) -> Wrong | None:
    """https://discord.com/developers/docs/resources/message#allowed-mentions-object"""
    if not isinstance(mentions, dict):
        return not_an_object()
    wrong: Wrong = {}
    known(mentions, _MENTIONS, wrong)
    parse = listed(mentions, "parse", 3, wrong)
    for index, kind in enumerate(parse):
        if kind not in ("roles", "users", "everyone"):
            wrong.setdefault("parse", {})[str(index)] = one_of(("everyone", "roles", "users"))
    for name in ("users", "roles"):
        ids = listed(mentions, name, MAX_MENTIONS, wrong)
        if bad := snowflakes(ids):
            wrong[name] = bad
        elif ids and name in parse:
            text = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            return leaf("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)
    return wrong or None


def _attachment(attachment: dict[str, Any], wrong: Wrong) -> None:
    need(attachment, ("id",), wrong)
    texts(attachment, (("filename", 1, 1024), ("description", 0, 1024)), wrong)


def _poll(poll: object) -> Wrong | None:
    """https://discord.com/developers/docs/resources/poll#poll-create-request-object"""
    if not isinstance(poll, dict):
        return not_an_object()
    wrong: Wrong = {}
    known(poll, _POLL, wrong)
    need(poll, ("question", "answers"), wrong)
    return wrong or None


def _reference(reference: object) -> Wrong | None:
    if not isinstance(reference, dict):
        return not_an_object()
    wrong: Wrong = {}
    known(reference, _REFERENCE, wrong)
    need(reference, ("message_id",), wrong)
    if "message_id" not in wrong and not is_snowflake(reference["message_id"]):
        wrong["message_id"] = not_a_snowflake(reference["message_id"])
    return wrong or None


def _is_empty(payload: Mapping[str, Any], v2: bool) -> bool:
    """Whether nothing would be shown. White space alone is nothing, and so is an embed with only a colour."""
    if payload.get("components"):
        return False
    if v2:
        return True
    if (payload.get("content") or "").strip() or payload.get("sticker_ids") or payload.get("poll"):
        return False
    if payload.get("attachments") or (payload.get("message_reference") or {}).get("type") == 1:
        return False
    return all(is_empty(embed) for embed in payload.get("embeds") or ())
