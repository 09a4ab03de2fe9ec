"""What a message that is reported says, as its reader saw it."""

import re

import discord

from bot.chat.render.text import listing

#: What the bot puts around what people wrote: small print, bold, and a backslash before each sign of theirs.
_SMALL, _BOLD, _ESCAPED = re.compile(r"^-# .*\n?", re.M), re.compile(r"(?<!\\)\*\*"), re.compile(r"\\([^a-zA-Z0-9\s])")
_PERSON = re.compile(r"<@!?\d+>")


def words_of(message: discord.Message) -> str:
    """Its text, and what else it showed. Of what the bot says only what somebody wrote, without its markup.

    Whom it mentions it does not name: they may not be in the server any more, and who wrote it is named with the case.
    """
    text = message.content
    if message.author.bot:
        bare = _BOLD.sub("", _SMALL.sub("", text))
        text = _ESCAPED.sub(r"\1", _PERSON.sub("somebody", bare)).strip()
    return "\n".join(part for part in (text, beside(message)) if part)


def beside(message: discord.Message) -> str:
    """What it showed beside its text and files, of which nothing is kept: that it was there."""
    there = {"a forwarded message": message.message_snapshots, "stickers": message.stickers, "embeds": message.embeds}
    kinds = [kind for kind, found in there.items() if found]
    return f"(It also showed {listing(kinds)}.)" if kinds else ""
