"""Buttons, selects and modals, from a person to a real client and back."""

from typing import Any

import discord
import pytest

from bot.sandbox import CannotUseError

from .live import Bot, live, shown


async def test_button_press_changes_its_message() -> None:
    bot = Bot()

    class Counter(discord.ui.View):
        count = 0

        @discord.ui.button(label="More")
        async def more(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
            self.count += 1
            button.disabled = self.count == 2
            await interaction.response.edit_message(content=f"Pressed {self.count}", view=self)

    @bot.tree.command(description="Counts")
    async def count(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Pressed 0", view=Counter(), ephemeral=True)

    async with live(bot) as it:
        attendee = it.person()
        first = await attendee.command("/count")
        with pytest.raises(CannotUseError, match="There is no button 'Less' on that message"):
            await attendee.press(shown(first), "Less")
        with pytest.raises(CannotUseError):
            await it.person("olga").press(shown(first), "More")
        second = await attendee.press(shown(first), "More")
        assert (second.kind, shown(second)["content"]) == ("update", "Pressed 1")
        third = await attendee.press(shown(second), "More")
        assert attendee.sees("general") == [third.message]
        with pytest.raises(CannotUseError, match="'More' is disabled"):
            await attendee.press(shown(third), "More")


async def test_button_answered_with_a_message_refers_to_its_own() -> None:
    bot = Bot()

    class Share(discord.ui.View):
        @discord.ui.button(label="Share")
        async def share(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
            await interaction.response.defer()
            await interaction.followup.send("Shared")

    @bot.tree.command(description="Shows")
    async def show(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Card", view=Share())

    async with live(bot) as it:
        card = await it.person().command("/show")
        reply = await it.person().press(shown(card), "Share")
        assert reply.kind == "deferred"
        await reply.settled()
        message = reply.messages[0]
        assert (message["content"], message["referenced_message"]["content"]) == ("Shared", "Card")


async def test_select_gives_the_chosen_values() -> None:
    bot = Bot()

    class Pick(discord.ui.View):
        @discord.ui.select(
            placeholder="Topics",
            max_values=2,
            options=[discord.SelectOption(label="Vision", value="v"), discord.SelectOption(label="Theory", value="t")],
        )
        async def topics(self, interaction: discord.Interaction, select: discord.ui.Select[Any]) -> None:
            await interaction.response.send_message(",".join(select.values), ephemeral=True)

        @discord.ui.select(cls=discord.ui.UserSelect, placeholder="Who")
        async def who(self, interaction: discord.Interaction, select: discord.ui.UserSelect[Any]) -> None:
            await interaction.response.send_message(select.values[0].display_name, ephemeral=True)

    @bot.tree.command(description="Asks")
    async def pick(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Pick())

    async with live(bot) as it:
        message = shown(await it.person().command("/pick"))
        assert shown(await it.person().choose(message, "Topics", ["Vision", "t"]))["content"] == "v,t"
        author = str(it.sandbox.world.person("author").id)
        assert shown(await it.person().choose(message, "Who", author))["content"] == "author"
        with pytest.raises(CannotUseError, match="There is no 'Sound' to choose"):
            await it.person().choose(message, "Topics", "Sound")


class Question(discord.ui.Modal, title="Ask a question"):
    text: discord.ui.TextInput["Question"] = discord.ui.TextInput(label="Question", max_length=30)
    kind: discord.ui.Label["Question"] = discord.ui.Label(
        text="Kind",
        component=discord.ui.Select(options=[discord.SelectOption(label="Method", value="m")], required=False),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.kind.component, discord.ui.Select)
        await interaction.response.send_message(f"{self.text.value} {self.kind.component.values}", ephemeral=True)


async def test_modal_is_opened_and_submitted() -> None:
    bot = Bot()

    @bot.tree.command(description="Asks")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Question())

    async with live(bot) as it:
        opened = await it.person().command("/ask")
        assert (opened.kind, opened.modal and opened.modal["title"]) == ("modal", "Ask a question")
        assert opened.modal
        with pytest.raises(CannotUseError, match="There is no field 'Answer'"):
            await it.person().submit(opened.modal, {"Answer": "x"})
        with pytest.raises(CannotUseError, match="takes 0 to 30 characters, not 31"):
            await it.person().submit(opened.modal, {"Question": "x" * 31})
        reply = await it.person().submit(opened.modal, {"Question": "Why?", "Kind": "Method"})
        assert (shown(reply)["content"], shown(reply)["flags"]) == ("Why? ['m']", 64)
