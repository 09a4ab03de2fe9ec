"""Files that the page hands in for a person, before the form or the command that they belong to."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.sandbox.client_rules import MAX_FILE

from .live import Live, live
from .picture_bot import picture_bot
from .pictures import png

POSTER = png(640, 480)


class Sender:
    """The page's requests about files, in the name of one person."""

    def __init__(self, it: Live, session: aiohttp.ClientSession) -> None:
        self._it = it
        self._session = session
        self._base = it.sandbox.page_url + "sandbox/"

    def place(self, person: str, channel: str = "general") -> dict[str, str]:
        world = self._it.sandbox.world
        return {"as": str(world.person(person).id), "channel_id": str(world.channel_named(channel).id)}

    async def send(self, content: bytes, place: dict[str, str], name: str = "poster.png") -> tuple[int, Any]:
        address, query = self._base + "files", place | {"filename": name}
        headers = {"Content-Type": "image/png"}
        async with self._session.post(address, params=query, data=io.BytesIO(content), headers=headers) as answer:
            return answer.status, await answer.json()

    async def act(self, kind: int, data: dict[str, Any], place: dict[str, str]) -> tuple[int, Any]:
        async with self._session.post(self._base + "interactions", json=place | {"type": kind, "data": data}) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def sending() -> AsyncIterator[Sender]:
    async with live(picture_bot([])) as it, aiohttp.ClientSession() as session:
        yield Sender(it, session)


def filled(*file_ids: str) -> dict[str, Any]:
    upload = {"type": 19, "custom_id": "upload", "values": list(file_ids)}
    return {"custom_id": "pictures", "components": [{"type": 18, "component": upload}]}


async def test_a_file_is_handed_in_and_sent_with_a_modal() -> None:
    async with sending() as page:
        attendee = page.place("attendee")
        status, file = await page.send(POSTER, attendee)
        assert (status, file["filename"], file["content_type"]) == (200, "poster.png", "image/png")
        assert (file["size"], file["width"], file["height"]) == (len(POSTER), 640, 480)
        await page.act(2, {"name": "pictures"}, attendee)
        # Refused as the page would refuse it, and then still open.
        status, refused = await page.act(5, filled(), attendee)
        assert (status, refused["message"]) == (400, "upload takes 1 file, not 0.")
        status, answer = await page.act(5, filled(file["id"]), attendee)
        assert answer["result"]["message"]["content"] == f"Got poster.png {len(POSTER)}"


@pytest.mark.parametrize("sender", [None, "olga"], ids=["nobody's", "another's"])
async def test_only_ones_own_file_can_be_sent(sender: str | None) -> None:
    async with sending() as page:
        attendee = page.place("attendee")
        file_id = "5" if sender is None else (await page.send(POSTER, page.place(sender)))[1]["id"]
        await page.act(2, {"name": "pictures"}, attendee)
        status, refused = await page.act(5, filled(file_id), attendee)
        assert (status, refused["message"]) == (400, "That file is not there any more. Choose it again.")


async def test_a_file_too_big_or_to_nowhere_is_refused() -> None:
    async with sending() as page:
        attendee = page.place("attendee")
        status, refused = await page.send(bytes(MAX_FILE + 1), attendee)
        assert status == 400
        assert refused["message"] == "poster.png is too big: 10.1 MB. A person can send files of up to 10 MB."
        status, refused = await page.send(POSTER, page.place("attendee", "organizers"))
        assert (status, refused["message"]) == (400, "That channel is not there for this person.")


async def test_a_file_with_a_script_does_not_act_for_who_looks_at_it() -> None:
    async with sending() as page, aiohttp.ClientSession() as session:
        _, file = await page.send(b"<script>alert(1)</script>", page.place("attendee"), "a page?.html")
        assert file["filename"] == "a_page?.html"
        async with session.get(file["url"]) as served:
            assert await served.read() == b"<script>alert(1)</script>"
            assert served.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
