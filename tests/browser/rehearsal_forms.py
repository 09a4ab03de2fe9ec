"""The rehearsal bot's modal for pictures, and its selects of people, roles and channels."""

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
