"""Files that people send with a modal or a command, from a person to a real client, which fetches them."""

import asyncio
from collections.abc import Sequence
from typing import Any

import discord
import pytest

from bot.sandbox import CannotUseError, CommandTextError, SentFile, Timings
from bot.sandbox.client_rules import MAX_FILE
from tests.discord_description import read as read_description

from .live import Bot, Live, live, shown
from .picture_bot import Pictures, picture_bot
from .pictures import png

POSTER = SentFile("poster.png", png(640, 480), "image/png")
NOTES = SentFile("my notes.txt", b"Read me")


async def sent(it: Live, files: SentFile | Sequence[SentFile]) -> str:
    """What the bot says of files put into its modal."""
    modal = (await it.person().command("/pictures")).modal
    assert modal
    return str(shown(await it.person().submit(modal, {"Picture": files}))["content"])


async def test_a_file_of_a_modal_arrives_and_can_be_fetched() -> None:
    got: list[discord.Attachment] = []
    async with live(picture_bot(got)) as it:
        assert await sent(it, POSTER) == f"Got poster.png {len(POSTER.content)}"
        [picture] = got
        assert (picture.filename, picture.content_type) == ("poster.png", "image/png")
        assert (picture.size, picture.width, picture.height) == (len(POSTER.content), 640, 480)
        assert picture.ephemeral
        assert picture.url.startswith(it.sandbox.page_url)


async def test_several_files_arrive_in_the_order_chosen() -> None:
    got: list[discord.Attachment] = []
    async with live(picture_bot(got, max_values=3)) as it:
        await sent(it, [POSTER, NOTES])
        assert [(one.filename, one.content_type, one.width) for one in got] == [
            ("poster.png", "image/png", 640),
            # Its type is known from its name; for spaces Discord puts underscores.
            ("my_notes.txt", "text/plain", None),
        ]


@pytest.mark.parametrize(
    ("upload", "files", "refusal"),
    [
        ({}, [], "upload takes 1 file, not 0."),
        ({}, [POSTER, NOTES], "upload takes 1 file, not 2."),
        ({"min_values": 2, "max_values": 3}, [POSTER], "upload takes 2 to 3 files, not 1."),
        ({"min_values": 2, "max_values": 2, "required": False}, [POSTER], "upload takes 2 files, not 1."),
        ({"min_values": 2, "max_values": 2, "required": False}, [], None),
        ({"min_values": 0, "required": False}, [], None),
    ],
)
async def test_as_many_files_as_the_modal_asks_for(
    upload: dict[str, Any], files: list[SentFile], refusal: str | None
) -> None:
    async with live(picture_bot([], **upload)) as it:
        if refusal is None:
            assert await sent(it, files) == "Got nothing"
        else:
            with pytest.raises(CannotUseError) as refused:
                await sent(it, files)
            assert str(refused.value) == refusal


async def test_a_field_that_is_not_named_stays_empty() -> None:
    async with live(picture_bot([], required=False)) as it:
        modal = (await it.person().command("/pictures")).modal
        assert modal
        assert shown(await it.person().submit(modal, {"Caption": "None yet"}))["content"] == "Got nothing"


async def test_a_file_beyond_the_senders_limit_does_not_leave_their_client() -> None:
    too_big = SentFile("huge.png", png(weight=MAX_FILE + 1))
    async with live(picture_bot([])) as it:
        with pytest.raises(CannotUseError) as refused:
            await sent(it, too_big)
        assert str(refused.value) == "huge.png is too big: 10.1 MB. A person can send files of up to 10 MB."
        with_nitro = SentFile("huge.png", too_big.content, nitro=True)
        assert await sent(it, with_nitro) == f"Got huge.png {MAX_FILE + 1}"


async def test_what_the_client_refused_can_be_put_right_in_the_same_modal() -> None:
    async with live(picture_bot([])) as it:
        attendee = it.person()
        modal = (await attendee.command("/pictures")).modal
        assert modal
        with pytest.raises(CannotUseError):
            await attendee.submit(modal, {"Picture": [POSTER, POSTER]})
        with pytest.raises(CannotUseError, match="upload takes files, as SentFile"):
            await attendee.submit(modal, {"Picture": "poster.png"})
        assert shown(await attendee.submit(modal, {"Picture": POSTER}))["content"].startswith("Got poster.png")


async def test_a_modal_that_failed_can_be_sent_again() -> None:
    class Moody(Pictures):
        async def on_submit(self, interaction: discord.Interaction) -> None:
            if not self._got:
                self._got += self.upload.values
                raise RuntimeError("so that nothing answers")
            await super().on_submit(interaction)

    bot = Bot()

    @bot.tree.command(description="Asks for pictures")
    async def pictures(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Moody([]))

    async with live(bot, timings=Timings(first_answer=0.1)) as it:
        modal = (await it.person().command("/pictures")).modal
        assert modal
        failed = await it.person().submit(modal, {"Picture": POSTER})
        assert (failed.kind, failed.error) == ("failed", "Something went wrong. Try again.")
        assert shown(await it.person().submit(modal, {"Picture": POSTER}))["content"].startswith("Got poster.png")


def file_bot(raw: asyncio.Queue[Any]) -> Bot:
    bot = Bot()

    @bot.tree.command(description="Takes a file")
    async def keep(
        interaction: discord.Interaction,
        picture: discord.Attachment,
        caption: str,
        notes: discord.Attachment | None = None,
    ) -> None:
        raw.put_nowait(interaction.data)
        read = await picture.read()
        await interaction.response.send_message(
            f"{caption}: {picture.filename} {len(read)}, {notes and notes.filename}"
        )

    return bot


async def test_a_file_of_a_command_arrives_and_can_be_fetched() -> None:
    async with live(file_bot(asyncio.Queue())) as it:
        reply = await it.person().command("/keep Our poster", files={"picture": POSTER, "notes": NOTES})
        assert shown(reply)["content"] == f"Our poster: poster.png {len(POSTER.content)}, my_notes.txt"
        reply = await it.person().command("/keep caption:Our poster", files={"picture": POSTER})
        assert shown(reply)["content"].endswith(", None")


@pytest.mark.parametrize(
    ("text", "files", "refusal"),
    [
        ("/keep Our poster", {}, "needs picture"),
        ("/keep Our poster", {"poster": POSTER}, "no option for a file 'poster'"),
        ("/keep Our poster", {"caption": POSTER}, "no option for a file 'caption'"),
        ("/keep picture:poster.png caption:x", {}, "picture takes a file, which cannot be typed"),
    ],
)
async def test_a_file_goes_into_an_option_for_files(text: str, files: dict[str, SentFile], refusal: str) -> None:
    async with live(file_bot(asyncio.Queue())) as it:
        with pytest.raises(CommandTextError, match=refusal):
            await it.person().command(text, files=files)


async def test_attachments_are_as_discord_describes_them() -> None:
    raw: asyncio.Queue[Any] = asyncio.Queue()
    async with live(file_bot(raw)) as it:
        await it.person().command("/keep Our poster", files={"picture": POSTER, "notes": NOTES})
        data = raw.get_nowait()
    described = read_description()
    if described is None:
        pytest.skip("Discord's OpenAPI description is not here")
    by_option = {option["name"]: option["value"] for option in data["options"]}
    for name in ("picture", "notes"):
        attachment = data["resolved"]["attachments"][by_option[name]]
        where = ("components", "schemas", "AttachmentResponse")
        assert list(described.faults("response", where, attachment)) == []
