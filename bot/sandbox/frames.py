"""What a client sends to the gateway, read with care: it may hold anything.

https://discord.com/developers/docs/events/gateway
"""

import json
from contextlib import suppress
from typing import Any

#: Bytes. "Apps sending payloads larger than 4096 bytes will have their connection closed", with 4002.
MOST = 4096


def read_frame(text: str | bytes) -> tuple[int, Any] | None:
    """The opcode and the data of one frame; None where it is none, or too long."""
    if len(text.encode() if isinstance(text, str) else text) > MOST:
        return None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        frame = json.loads(text)
        return int(frame["op"]), frame.get("d")
    return None


def read_shard(shard: object) -> tuple[int, int] | None:
    """The shard of an IDENTIFY, as its number and how many there are; None where it cannot be.

    Without one the connection is for everything.
    """
    match shard if shard is not None else [0, 1]:
        case [int(number), int(count)] if 0 <= number < count:
            return number, count
    return None
