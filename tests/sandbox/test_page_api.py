"""What the page asks for, and the news it gets: only what its person may see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest

from .live import Bot, Live, live


class Page:
    """The page of one person, without a browser."""

    def __init__(self, it: Live, session: aiohttp.ClientSession, name: str) -> None:
        self.id = str(it.sandbox.world.person(name).id)
        self._session = session
        self._base = it.sandbox.page_url + "sandbox/"

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        asked = {"as": self.id} | query if method == "GET" else {}
        body = {"as": self.id} | body if isinstance(body, dict) and path != "faults" else body
        async with self._session.request(method, self._base + path, json=body, params=asked) as answer:
            assert answer.content_type == "application/json"
            return await answer.json()

    @asynccontextmanager
    async def news(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        async with self._session.ws_connect(self._base + "ws", params={"as": self.id}) as socket:
            yield socket


@asynccontextmanager
async def pages(bot: Bot, *names: str) -> AsyncIterator[tuple[Live, list[Page]]]:
    async with live(bot) as it, aiohttp.ClientSession() as session:
        yield it, [Page(it, session, name) for name in names]


async def next_of(socket: aiohttp.ClientWebSocketResponse, event: str) -> dict[str, Any]:
    while True:
        news = await socket.receive_json(timeout=5)
        if news["t"] == event:
            data: dict[str, Any] = news["d"]
            return data


def card_bot() -> Bot:
    bot = Bot()

    class Ask(discord.ui.Modal, title="Ask"):
        text: discord.ui.TextInput["Ask"] = discord.ui.TextInput(label="Question")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"Asked: {self.text.value}")

    class Card(discord.ui.View):
        @discord.ui.button(label="Ask", custom_id="ask")
        async def ask(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
            await interaction.response.send_modal(Ask())

    @bot.tree.command(description="Shows a card")
    async def card(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title, view=Card(), ephemeral=True)

    @card.autocomplete("title")
    async def titles(interaction: discord.Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=current.upper(), value=current)]

    return bot


async def test_state_shows_what_a_person_may_view() -> None:
    async with pages(Bot(), "attendee", "olga") as (it, [attendee, olga]):
        state = await attendee.ask("GET", "state")
        assert [(one["name"], one["type"], one["can_send"]) for one in state["channels"]] == [
            ("general", 0, True),
            ("announcements", 5, False),
            ("posters", 15, True),
        ]
        assert [tag["name"] for tag in state["channels"][2]["available_tags"]] == ["vision", "theory"]
        assert (state["me"]["name"], state["bot"]["name"], state["bot"]["connected"]) == ("attendee", "Usher", True)
        assert [one["name"] for one in state["people"]] == ["attendee", "author", "olga", "shy"]
        assert "organizers" in [one["name"] for one in (await olga.ask("GET", "state"))["channels"]]
        await it.person().say("dm", "Hello")
        dm = (await attendee.ask("GET", "state"))["channels"][-1]
        assert (dm["type"], dm["dm_with"]["name"]) == (1, "usher")


async def test_state_has_categories_and_what_was_written_last() -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]), attendee.news() as news:
        await it.sandbox.until(lambda: it.sandbox.open_pages == 1)
        venue = await it.guild.create_category("Venue")
        assert (await next_of(news, "channel_create"))["type"] == 4
        room = await it.guild.create_text_channel("room-1", category=venue)
        said = await room.send("Hello")
        shown = {one["name"]: one for one in (await attendee.ask("GET", "state"))["channels"]}
        assert (shown["Venue"]["type"], shown["Venue"]["last_message_id"]) == (4, None)
        assert (shown["room-1"]["parent_id"], shown["room-1"]["last_message_id"]) == (str(venue.id), str(said.id))


def strict_bot() -> Bot:
    bot = Bot()
    days = [discord.app_commands.Choice(name="First day", value=1)]

    @bot.tree.command(description="Takes little")
    @discord.app_commands.choices(day=days)
    async def strict(
        interaction: discord.Interaction,
        title: discord.app_commands.Range[str, 2, 5],
        day: int = 0,
        page: discord.app_commands.Range[int, 1, 9] = 1,
        loud: bool = False,
    ) -> None:
        await interaction.response.send_message(f"{title} {day} {page} {loud}")

    return bot


TITLE = {"name": "title", "type": 3, "value": "Flow"}
DAY = {"name": "day", "type": 4, "value": 1}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([TITLE], "Flow 0 1 False"),
        ([TITLE, DAY], "Flow 1 1 False"),
        ([], "/strict needs title: (…)."),
        ([TITLE | {"value": ""}], "/strict needs title: (…)."),
        ([TITLE | {"value": "x" * 6}], "title must have 2 to 5 characters; it has 6."),
        ([TITLE | {"value": 5}], "title must be a text, not 5."),
        ([TITLE, DAY | {"value": 3}], "There is no choice for day '3'. There are: First day."),
        (
            [TITLE, {"name": "day", "type": 4, "value": True}],
            "There is no choice for day 'True'. There are: First day.",
        ),
        ([TITLE, {"name": "page", "type": 4, "value": 10}], "page is out of bounds: 10."),
        ([TITLE, {"name": "page", "type": 4, "value": "2"}], "page must be a number, not '2'."),
        ([TITLE, {"name": "loud", "type": 5, "value": "yes"}], "loud must be true or false, not 'yes'."),
        ([TITLE, {"name": "lod", "type": 5, "value": True}], "There is no option 'lod'. The nearest is 'loud'."),
    ],
)
async def test_the_page_sends_only_options_that_discords_client_would(options: list[Any], said: str) -> None:
    async with pages(strict_bot(), "attendee") as (it, [attendee]):
        where = {"channel_id": str(it.sandbox.world.channel_named("general").id)}
        data = {"name": "strict", "type": 1, "options": options}
        told = await attendee.ask("POST", "interactions", {**where, "type": 2, "data": data})
        assert (told["result"]["message"]["content"] if "result" in told else told["message"]) == said


async def test_interactions_of_every_type_go_through_the_page() -> None:
    async with pages(card_bot(), "attendee", "olga") as (it, [attendee, olga]):
        general = str(it.sandbox.world.channel_named("general").id)
        [command] = await attendee.ask("GET", "commands", channel_id=general)
        assert (command["name"], command["options"][0]["autocomplete"]) == ("card", True)
        option = {"name": "title", "type": 3, "value": "flow"}
        data = {"name": "card", "type": 1, "options": [option | {"focused": True}]}
        where = {"channel_id": general}
        offered = (await attendee.ask("POST", "interactions", {**where, "type": 4, "data": data}))["result"]
        assert offered == {"kind": "autocomplete", "choices": [{"name": "FLOW", "value": "flow"}]}
        data["options"] = [option]
        made = (await attendee.ask("POST", "interactions", {**where, "type": 2, "data": data}))["result"]
        assert (made["kind"], made["message"]["content"], made["message"]["flags"]) == ("message", "flow", 64)
        press = {"component_type": 2, "custom_id": "ask"}
        body = {**where, "type": 3, "data": press, "message_id": made["message"]["id"]}
        modal = (await attendee.ask("POST", "interactions", body))["result"]["modal"]
        field = modal["components"][0]["components"][0]
        filled = [{"type": 1, "components": [{"type": 4, "custom_id": field["custom_id"], "value": "Why?"}]}]
        submit = {"custom_id": modal["custom_id"], "components": filled}
        asked = (await attendee.ask("POST", "interactions", {**where, "type": 5, "data": submit}))["result"]
        assert asked["message"]["content"] == "Asked: Why?"
        seen = [one["content"] for one in await attendee.ask("GET", f"channels/{general}/messages")]
        others = [one["content"] for one in await olga.ask("GET", f"channels/{general}/messages")]
        assert (seen, others) == (["flow", "Asked: Why?"], ["Asked: Why?"])


async def test_news_reaches_those_who_may_view_it() -> None:
    async with pages(card_bot(), "attendee", "olga") as (it, [attendee, olga]):
        async with attendee.news() as news, olga.news() as others:
            await it.sandbox.until(lambda: it.sandbox.open_pages == 2)
            await it.person("olga").say("organizers", "Among us")
            reply = await it.person().command("/card title:flow")
            shared = await it.text_channel().send("For all")
            assert (await next_of(news, "message_create"))["content"] == "flow"
            assert (await next_of(news, "message_create"))["content"] == "For all"
            assert (await next_of(others, "message_create"))["content"] == "Among us"
            assert (await next_of(others, "message_create"))["content"] == "For all"
            await shared.edit(content="For everyone")
            assert (await next_of(others, "message_update"))["content"] == "For everyone"
            await shared.add_reaction("👍")
            assert (await next_of(news, "reaction"))["message"]["reactions"][0]["count"] == 1
            await shared.delete()
            assert (await next_of(news, "message_delete"))["id"] == str(shared.id)
            thread = await it.forum().create_thread(name="P1", content="Ask")
            assert (await next_of(news, "thread_create"))["parent_id"] == str(it.forum().id)
            await thread.thread.edit(archived=True)
            archived = await next_of(news, "thread_update")
            assert archived["thread"] == {"archived": True, "locked": False, "message_count": 0, "applied_tags": []}
            await it.bot.tree.sync()
            assert await next_of(news, "commands_changed") == {}
            await it.sandbox.gateway.drop(4000)
            assert await next_of(news, "bot_status") == {"connected": False}
            assert await next_of(news, "bot_status") == {"connected": True}
        assert reply.kind == "message"


async def test_channels_come_and_go_with_permissions() -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]), attendee.news() as news:
        await it.sandbox.until(lambda: it.sandbox.open_pages == 1)
        organizers = it.text_channel("organizers")
        member = await it.guild.fetch_member(it.person().user.id)
        role = discord.utils.get(it.guild.roles, name="organizer")
        assert role
        await member.add_roles(role)
        opened = await next_of(news, "channel_update")
        while opened["id"] != str(organizers.id):
            opened = await next_of(news, "channel_update")
        assert (opened["name"], opened["can_send"]) == ("organizers", True)
        await organizers.set_permissions(role, view_channel=False)
        assert await next_of(news, "channel_delete") == {"id": str(organizers.id)}


async def test_people_write_and_react_through_the_page() -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]):
        general = str(it.sandbox.world.channel_named("general").id)
        said = await attendee.ask("POST", "messages", {"channel_id": general, "content": "Hello"})
        again = {"channel_id": general, "content": "Me too", "reply_to": said["id"]}
        assert (await attendee.ask("POST", "messages", again))["referenced_message"]["id"] == said["id"]
        mark = {"channel_id": general, "message_id": said["id"], "emoji": "👍"}
        await attendee.ask("PUT", "reactions", mark)
        assert it.person().sees("general")[0]["reactions"][0]["me"] is True
        await attendee.ask("DELETE", "reactions", mark)
        assert "reactions" not in it.person().sees("general")[0]


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("messages", {"channel_id": "CLOSED", "content": "x"}, "Missing Permissions"),
        ("messages", {"channel_id": "1", "content": "x"}, "Unknown Channel"),
        ("messages", {"channel_id": "OPEN", "content": ""}, "Cannot send an empty message"),
        (
            "interactions",
            {"channel_id": "OPEN", "type": 2, "data": {"name": "none"}},
            "attendee finds no command called 'none' here.",
        ),
        ("faults", {"kind": "flood"}, "'flood' is not a valid FaultKind"),
    ],
)
async def test_what_cannot_be_done_says_why(path: str, body: dict[str, Any], message: str) -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]):
        named = {"OPEN": "general", "CLOSED": "announcements"}
        if body.get("channel_id") in named:
            body = body | {"channel_id": str(it.sandbox.world.channel_named(named[body["channel_id"]]).id)}
        assert (await attendee.ask("POST", path, body))["message"] == message


async def test_faults_and_people_are_changed_through_the_page() -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]):
        await attendee.ask("POST", f"people/{attendee.id}", {"dms_open": False})
        assert it.sandbox.world.person("attendee").accepts_dms is False
        fault = {"kind": "status", "status": 403, "code": 50013, "match": {"method": "POST", "path": "/messages$"}}
        await attendee.ask("POST", "faults", fault)
        assert [one["kind"] for one in await attendee.ask("GET", "faults")] == ["status"]
        with pytest.raises(discord.Forbidden):
            await it.text_channel().send("x")
        assert await attendee.ask("GET", "faults") == []
        await attendee.ask("POST", "faults", fault)
        await attendee.ask("DELETE", "faults")
        assert (await it.text_channel().send("x")).content == "x"
        assert "now" in await attendee.ask("GET", "clock")


@pytest.mark.parametrize("action", [{"action": "drop", "code": 4000}, {"action": "reconnect"}])
async def test_gateway_is_disturbed_through_the_page(action: dict[str, Any]) -> None:
    async with pages(Bot(), "attendee") as (it, [attendee]):
        await attendee.ask("POST", "gateway", action)
        await it.sandbox.gateway.resumed()
        refused = await attendee.ask("POST", "gateway", {"action": "explode"})
        assert refused["message"] == "action must be drop, reconnect, invalid_session or mute_heartbeats"
