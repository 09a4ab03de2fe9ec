"""The rehearsal bot's modals for pictures and for reports, and its selects of people, roles and channels."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui


class Pictures(ui.Modal, title="Show your poster"):
    """Posts what was sent, with the caption as its alt text."""

    def __init__(self) -> None:
        super().__init__()
        self.upload = ui.FileUpload[Any](custom_id="upload", max_values=2)
        self.slides = ui.FileUpload[Any](custom_id="slides", required=False)
        self.caption = ui.TextInput[Any](custom_id="caption", max_length=200)
        self.add_item(ui.Label(text="Picture", description="A PNG or a JPEG of your poster", component=self.upload))
        self.add_item(ui.Label(text="Slides", component=self.slides))
        self.add_item(ui.Label(text="Caption", description="For people who cannot see it", component=self.caption))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        files = [await one.to_file(description=self.caption.value) for one in self.upload.values]
        more = f" with {self.slides.values[0].filename}" if self.slides.values else ""
        await interaction.response.send_message(f"Posters: {len(files)}{more}", files=files)


class Report(ui.Modal, title="Report to the committee"):
    """Every way to choose that a modal has; says what was chosen."""

    def __init__(self, author: discord.User | discord.Member) -> None:
        super().__init__()
        what = [discord.RadioGroupOption(label=label, value=label[0]) for label in ("Harassment", "Spam", "Else")]
        what[1].description = "Advertising, or the same again and again"
        self.what = ui.RadioGroup[Any](custom_id="what", options=what)
        when = [discord.CheckboxGroupOption(label=label, value=label[0]) for label in ("Now", "Before", "Online")]
        when[0].default = True
        self.when = ui.CheckboxGroup[Any](custom_id="when", options=when, required=False, max_values=2)
        self.who = ui.UserSelect[Any](custom_id="who", required=True, max_values=3, default_values=[author])
        self.role = ui.RoleSelect[Any](custom_id="role", required=False)
        self.named = ui.Checkbox[Any](custom_id="named", default=True)
        self.add_item(ui.Label(text="What happened?", description="Choose what fits best", component=self.what))
        self.add_item(ui.Label(text="When?", component=self.when))
        self.add_item(ui.Label(text="Who is involved?", component=self.who))
        self.add_item(ui.Label(text="Whom should it go to?", component=self.role))
        self.add_item(ui.Label(text="Tell them my name", description="Else it stays secret", component=self.named))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        people = " and ".join(f"{one.display_name} ({type(one).__name__})" for one in self.who.values)
        roles = [role.name for role in self.role.values]
        told = f"{self.what.value} / {self.when.values} / {people} / {roles} / {self.named.value}"
        await interaction.response.send_message(told, ephemeral=True)


class Choices(ui.View):
    """One select of each kind that Discord fills by itself."""

    @ui.select(cls=ui.UserSelect, custom_id="who", placeholder="Who", max_values=2)
    async def who(self, interaction: discord.Interaction, select: ui.UserSelect[Any]) -> None:
        await _tell(interaction, select.values)

    @ui.select(cls=ui.RoleSelect, custom_id="role", placeholder="Which role")
    async def role(self, interaction: discord.Interaction, select: ui.RoleSelect[Any]) -> None:
        await _tell(interaction, select.values)

    @ui.select(cls=ui.MentionableSelect, custom_id="whom", placeholder="For whom")
    async def whom(self, interaction: discord.Interaction, select: ui.MentionableSelect[Any]) -> None:
        await _tell(interaction, select.values)

    @ui.select(cls=ui.ChannelSelect, custom_id="where", placeholder="Where", channel_types=[discord.ChannelType.text])
    async def where(self, interaction: discord.Interaction, select: ui.ChannelSelect[Any]) -> None:
        await _tell(interaction, select.values)


async def _tell(interaction: discord.Interaction, values: Sequence[Any]) -> None:
    names = [getattr(one, "display_name", None) or one.name for one in values]
    await interaction.response.send_message(f"You chose {', '.join(names)}", ephemeral=True)
