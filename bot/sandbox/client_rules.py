"""What Discord's own client does not let a person do, so that it never reaches a server or a bot."""

from math import ceil

from bot.sandbox.state import Json

#: What one file may weigh that a person sends, in bytes: without Nitro, and with it.
#: https://support.discord.com/hc/en-us/articles/25444343291031
MAX_FILE, MAX_NITRO_FILE = 10 * 1024 * 1024, 500 * 1024 * 1024
_FILE_UPLOAD = 19


class CannotUseError(LookupError):
    """What a person wants to use is not there, or not for them. The text says what there is."""


def check_file_size(filename: str, size: int, *, nitro: bool) -> None:
    """Raises CannotUseError."""
    most = MAX_NITRO_FILE if nitro else MAX_FILE
    if size > most:
        sender = "A person with Nitro" if nitro else "A person"
        raise CannotUseError(
            f"{filename} is too big: {_megabytes(size)}. {sender} can send files of up to {_megabytes(most)}."
        )


def _megabytes(size: int) -> str:
    # Binary ones, which Discord writes as MB; rounded up, so that what is just too big reads so.
    return f"{ceil(size / 1024 / 1024 * 10) / 10:g} MB"


def check_count(component: Json, count: int, *, in_modal: bool = False) -> None:
    """Whether a select or a file upload may be left with so many values. Raises CannotUseError.

    ``in_modal``: one that is not required may be left empty there, whatever its ``min_values`` says; one that is
    required may not.
    """
    # A group of checkboxes says neither as a rule: one at least, and all of them at most.
    least = component.get("min_values", 1)
    most = component.get("max_values", len(component.get("options") or ()))
    if in_modal:
        required = component.get("required", True)
        if not required and not count:
            return
        least = max(least, 1) if required else least
    if not least <= count <= most:
        span = str(most) if least == most else f"{least} to {most}"
        noun = "file" if component["type"] == _FILE_UPLOAD else "value"
        raise CannotUseError(f"{component['custom_id']} takes {span} {noun}{'' if span == '1' else 's'}, not {count}.")
