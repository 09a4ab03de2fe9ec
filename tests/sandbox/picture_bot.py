"""A bot whose modal takes files, fetches them and says what it got."""

from typing import Any

import discord

from .live import Bot


class Pictures(discord.ui.Modal, title="Add pictures"):
    def __init__(self, got: list[discord.Attachment], **upload: Any) -> None:
        super().__init__(custom_id="pictures")
        self._got = got
        self.upload = discord.ui.FileUpload[Any](custom_id="upload", **upload)
        self.add_item(discord.ui.Label(text="Picture", description="The poster itself", component=self.upload))
        self.caption = discord.ui.TextInput[Any](custom_id="caption", required=False)
        self.add_item(discord.ui.Label(text="Caption", component=self.caption))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        self._got[:] = self.upload.values
        read = [f"{one.filename} {len(await one.read())}" for one in self.upload.values]
        await interaction.response.send_message(f"Got {', '.join(read) or 'nothing'}", ephemeral=True)


def picture_bot(got: list[discord.Attachment], **upload: Any) -> Bot:
    bot = Bot()

    @bot.tree.command(description="Asks for pictures")
    async def pictures(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Pictures(got, **upload))

    return bot
