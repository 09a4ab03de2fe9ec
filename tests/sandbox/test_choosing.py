"""People, roles and channels chosen from selects, of a message and of a modal, by the names a person reads."""

from collections.abc import Sequence
from typing import Any

import discord
import pytest

from bot.sandbox import CannotUseError

from .live import Bot, live, shown


def names(values: Sequence[Any]) -> str:
    return ", ".join(getattr(one, "display_name", None) or one.name for one in values)


class Pick(discord.ui.View):
    """One select of each kind that Discord fills by itself."""

    @discord.ui.select(cls=discord.ui.UserSelect, placeholder="Who", max_values=2)
    async def who(self, interaction: discord.Interaction, select: discord.ui.UserSelect[Any]) -> None:
        await self._told(interaction, select.values)

    @discord.ui.select(cls=discord.ui.RoleSelect, placeholder="Which role", min_values=0)
    async def role(self, interaction: discord.Interaction, select: discord.ui.RoleSelect[Any]) -> None:
        await self._told(interaction, select.values)

    @discord.ui.select(cls=discord.ui.MentionableSelect, placeholder="For whom", max_values=2)
    async def whom(self, interaction: discord.Interaction, select: discord.ui.MentionableSelect[Any]) -> None:
        await self._told(interaction, select.values)

    @discord.ui.select(
        cls=discord.ui.ChannelSelect, placeholder="Where", channel_types=[discord.ChannelType.text], max_values=2
    )
    async def where(self, interaction: discord.Interaction, select: discord.ui.ChannelSelect[Any]) -> None:
        await self._told(interaction, select.values)

    async def _told(self, interaction: discord.Interaction, values: Sequence[Any]) -> None:
        await interaction.response.send_message(names(values) or "nothing", ephemeral=True)


def pick_bot() -> Bot:
    bot = Bot()

    @bot.tree.command(description="Asks")
    async def pick(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Pick())

    return bot


@pytest.mark.parametrize(
    ("select", "values", "answer"),
    [
        ("Who", "author", "author"),
        ("Who", ["author", "olga"], "author, olga"),
        ("Which role", "speaker", "speaker"),
        ("Which role", "@speaker", "speaker"),
        ("Which role", [], "nothing"),
        ("For whom", ["author", "organizer"], "author, organizer"),
        ("Where", "general", "general"),
        ("Where", "#general", "general"),
        ("Who", [], "takes 1 to 2 values, not 0"),
        ("Who", ["author", "olga", "shy"], "takes 1 to 2 values, not 3"),
        ("Which role", ["speaker", "organizer"], "takes 0 to 1 values, not 2"),
        ("Which role", "author", "There is no 'author' to choose. There are: @everyone"),
        # Of another type than the select asks for, and one the attendee does not see.
        ("Where", "posters", "There is no 'posters' to choose. There are: general."),
        ("Where", "organizers", "There is no 'organizers' to choose. There are: general."),
    ],
)
async def test_people_roles_and_channels_are_chosen_by_name(select: str, values: str | list[str], answer: str) -> None:
    async with live(pick_bot()) as it:
        message = shown(await it.person().command("/pick"))
        try:
            told = shown(await it.person().choose(message, select, values))["content"]
        except CannotUseError as refused:
            told = str(refused)
        assert answer in told


class Invite(discord.ui.Modal, title="Invite"):
    def __init__(self, author: discord.Member) -> None:
        super().__init__(custom_id="invite")
        # Its id is sent as a number; what comes back is text, as all ids are.
        self.who = discord.ui.UserSelect[Any](custom_id="who", required=True, default_values=[author])
        self.where = discord.ui.ChannelSelect[Any](custom_id="where", required=False)
        choices = [discord.RadioGroupOption(label=label, value=label[0]) for label in ("Yes", "No")]
        choices[1].default = True
        self.now = discord.ui.RadioGroup[Any](custom_id="now", options=choices)
        self.loud = discord.ui.Checkbox[Any](custom_id="loud", default=True)
        days = [discord.CheckboxGroupOption(label=day, value=day[:2]) for day in ("Monday", "Tuesday", "Friday")]
        days[2].default = True
        self.days = discord.ui.CheckboxGroup[Any](custom_id="days", options=days, max_values=2)
        fields = {"Who": self.who, "Where": self.where, "Now": self.now, "Loud": self.loud, "Days": self.days}
        for text, component in fields.items():
            self.add_item(discord.ui.Label(text=text, component=component))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        chosen = f"{names(self.who.values)} | {names(self.where.values)}"
        told = f"{chosen} | {self.now.value} | {self.loud.value} | {self.days.values}"
        await interaction.response.send_message(told)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "author |  | N | True | ['Fr']"),
        (
            {"Who": "olga", "Where": "posters", "Now": "Yes", "Loud": False, "Days": ["Monday", "Tu"]},
            "olga | posters | Y | False | ['Mo', 'Tu']",
        ),
        ({"Days": []}, "days takes 1 to 2 values, not 0."),
        ({"Days": ["Mo", "Tu", "Fr"]}, "days takes 1 to 2 values, not 3."),
        ({"Days": "Sunday"}, "There is no 'Sunday' to choose. There are: Monday, Tuesday, Friday."),
        ({"Who": []}, "who takes 1 value, not 0."),
        ({"Where": ["general", "posters"]}, "where takes 1 value, not 2."),
        ({"Now": "Maybe"}, "There is no 'Maybe' to choose. There are: Yes, No."),
    ],
)
async def test_a_modals_choices_are_made_by_name_and_keep_their_defaults(given: dict[str, Any], told: str) -> None:
    bot = Bot()

    @bot.tree.command(description="Asks")
    async def invite(interaction: discord.Interaction, who: discord.Member) -> None:
        await interaction.response.send_modal(Invite(who))

    async with live(bot) as it:
        modal = (await it.person().command("/invite author")).modal
        assert modal
        author = str(it.sandbox.world.person("author").id)
        assert modal["components"][0]["component"]["default_values"] == [{"id": author, "type": "user"}]
        try:
            answer = shown(await it.person().submit(modal, given))["content"]
        except CannotUseError as refused:
            answer = str(refused)
        assert answer == told


class Needed(discord.ui.Modal, title="Needed"):
    def __init__(self, *, required: bool) -> None:
        super().__init__(custom_id="needed")
        options = [discord.RadioGroupOption(label=label) for label in ("Yes", "No")]
        self.kind = discord.ui.RadioGroup[Any](custom_id="kind", options=options, required=required)
        self.text = discord.ui.TextInput[Any](custom_id="text", min_length=3, required=required)
        boxes = [discord.CheckboxGroupOption(label=label) for label in ("A", "B")]
        self.boxes = discord.ui.CheckboxGroup[Any](custom_id="boxes", options=boxes, required=required)
        self.people = discord.ui.UserSelect[Any](custom_id="people", required=required, max_values=3)
        fields = {"Kind": self.kind, "Text": self.text, "Boxes": self.boxes, "People": self.people}
        for label, component in fields.items():
            self.add_item(discord.ui.Label(text=label, component=component))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        people = [f"{one.display_name}, member: {isinstance(one, discord.Member)}" for one in self.people.values]
        told = f"{self.kind.value} | {self.text.value} | {self.boxes.values} | {people}"
        await interaction.response.send_message(told)


FULL = {"Kind": "Yes", "Text": "Why?", "Boxes": ["A", "B"], "People": ["author", "olga"]}


@pytest.mark.parametrize(
    ("required", "given", "told"),
    [
        (False, {}, "None |  | [] | []"),
        (True, FULL, "Yes | Why? | ['A', 'B'] | ['author, member: True', 'olga, member: True']"),
        (True, {**FULL, "Kind": []}, "kind is required."),
        (True, {**FULL, "Text": "   "}, "text is required."),
        (True, {**FULL, "Boxes": []}, "boxes takes 1 to 2 values, not 0."),
        (True, {**FULL, "People": []}, "people takes 1 to 3 values, not 0."),
        (False, {"Text": "Hm"}, "text takes 3 to 4000 characters, not 2."),
    ],
)
async def test_what_is_required_is_not_left_out(required: bool, given: dict[str, Any], told: str) -> None:
    bot = Bot()

    @bot.tree.command(description="Asks")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Needed(required=required))

    async with live(bot) as it:
        modal = (await it.person().command("/ask")).modal
        assert modal
        try:
            answer = shown(await it.person().submit(modal, given))["content"]
        except CannotUseError as refused:
            answer = str(refused)
        assert answer == told
