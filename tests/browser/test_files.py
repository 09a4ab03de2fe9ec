"""Files on the sandbox's page: chosen for a form or a command, and shown in messages with their alt text."""

import io

import discord
import pytest
from playwright.async_api import FilePayload, Page, expect

from bot.sandbox.client_rules import MAX_FILE
from tests.browser.steps import last, use, visit
from tests.sandbox.live import Live
from tests.sandbox.pictures import png

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PHONE = {"width": 380, "height": 800}
WIDE = png(640, 360)


def picture(name: str = "poster.png", content: bytes = WIDE) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": content}


async def test_a_picture_is_chosen_and_sent_with_a_form(reader: Page) -> None:
    await use(reader, "/pictures", "<Enter>", "<Enter>")
    form = reader.get_by_role("dialog", name="Show your poster")
    await expect(form.get_by_label("Picture")).to_be_focused()
    await form.get_by_label("Picture").set_input_files(picture())
    await expect(form.get_by_role("img", name="Preview of poster.png")).to_be_visible()
    await expect(form.locator(".chosen-file")).to_contain_text("poster.png")
    await form.get_by_label("Slides").set_input_files(picture("slides.pdf", b"%PDF-1.7"))
    await form.get_by_label("Caption").fill("A flow chart")
    await form.get_by_test_id("modal-submit").click()
    await expect(form).to_be_hidden()
    await expect(reader.get_by_test_id("composer")).to_be_focused()
    # The caret is back where it was, not only the focus.
    await reader.keyboard.type("Thank you")
    await expect(reader.get_by_test_id("composer")).to_have_value("Thank you")
    answer = last(reader)
    await expect(answer).to_contain_text("Posters: 1 with slides.pdf")
    shown = answer.get_by_role("img", name="A flow chart")
    assert await shown.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [
        640,
        360,
    ]


async def test_what_is_wrong_with_files_is_said_in_words(reader: Page) -> None:
    await use(reader, "/pictures", "<Enter>", "<Enter>")
    form = reader.get_by_role("dialog")
    field, upload = form.get_by_test_id("field-upload"), form.get_by_test_id("input-upload")
    await form.get_by_test_id("modal-submit").click()
    await expect(field.get_by_role("alert")).to_have_text("This field is required.")
    await expect(upload).to_be_focused()
    await expect(upload).to_have_attribute("aria-invalid", "true")
    await upload.set_input_files(picture("huge.png", bytes(MAX_FILE + 1)))
    await expect(field.get_by_role("alert")).to_have_text("huge.png is too big: 10.1 MB. A file can have up to 10 MB.")
    await upload.set_input_files([picture("a.png"), picture("b.png"), picture("c.png")])
    await expect(field.get_by_role("alert")).to_have_text("Choose at most 2 files.")
    await expect(field.locator(".file-name")).to_have_text(["a.png", "b.png"])


async def test_files_are_chosen_and_taken_away_by_keyboard(reader: Page) -> None:
    # The browser hands choosers over only from some time after somebody listens.
    reader.on("filechooser", lambda _: None)
    await use(reader, "/pictures", "<Enter>", "<Enter>")
    form = reader.get_by_role("dialog")
    slides = form.get_by_test_id("input-slides")
    await form.get_by_test_id("input-upload").press("Tab")
    await expect(slides).to_be_focused()
    async with reader.expect_file_chooser() as chooser:
        await reader.keyboard.press("Space")
    await (await chooser.value).set_files(picture("slides.pdf", b"%PDF-1.7"))
    remove = form.get_by_role("button", name="Remove slides.pdf")
    await expect(form.get_by_test_id("field-slides")).to_contain_text("8 bytes")
    await expect(slides).to_be_hidden()
    await expect(remove).to_be_focused()
    await reader.keyboard.press("Enter")
    await expect(remove).to_have_count(0)
    await expect(slides).to_be_focused()
    await reader.keyboard.press("Escape")
    await expect(form).to_be_hidden()


async def test_a_file_is_dropped_where_it_belongs(reader: Page) -> None:
    await use(reader, "/pictures", "<Enter>", "<Enter>")
    field = reader.get_by_role("dialog").get_by_test_id("field-slides")
    files = "[new File(['Read me'], 'a.txt'), new File(['Me too'], 'b.txt')]"
    dropped = await reader.evaluate_handle(
        f"{files}.reduce((all, file) => (all.items.add(file), all), new DataTransfer())"
    )
    await field.locator(".file-drop").dispatch_event("drop", {"dataTransfer": dropped})
    await expect(field.locator(".file-name")).to_have_text(["a.txt"])
    await expect(field.get_by_role("alert")).to_have_text("Choose at most 1 file.")


async def test_a_form_with_files_fits_a_phone(page: Page, workshop: Live) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    await visit(page, workshop, "attendee")
    await use(page, "/pictures", "<Enter>", "<Enter>")
    form = page.get_by_role("dialog")
    name = f"{'the poster that we showed in Singapore ' * 3}.png"
    await form.get_by_test_id("input-upload").set_input_files(picture(name))
    remove = form.get_by_role("button", name=f"Remove {name}")
    await expect(remove).to_be_in_viewport(ratio=1)
    assert await form.evaluate("form => [...form.querySelectorAll('*')].every(one => one.scrollWidth <= innerWidth)")


async def test_a_file_of_a_command(reader: Page) -> None:
    await use(reader, "/keep", "<Enter>")
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("A PNG or a JPEG")
    await reader.get_by_test_id("send").click()
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("This option is required.")
    option = reader.get_by_test_id("command-option-picture")
    await expect(option).to_be_focused()
    await option.set_input_files(picture("huge.png", bytes(MAX_FILE + 1)))
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("huge.png is too big")
    await option.set_input_files(picture())
    await expect(reader.locator(".option-file")).to_contain_text("poster.png")
    await reader.get_by_test_id("add-option-caption").click()
    await reader.keyboard.type("Ours")
    await reader.keyboard.press("Enter")
    await expect(last(reader)).to_contain_text(f"Kept poster.png ({len(WIDE)}): Ours")


async def test_a_messages_picture_keeps_its_alt_text_through_edits(reader: Page, workshop: Live) -> None:
    channel = workshop.text_channel()
    file = discord.File(io.BytesIO(WIDE), "map.png", description="The way from the station to hall 4")
    message = await channel.send("How to get here", file=file)
    shown = reader.locator(f"[data-message-id='{message.id}']")
    image = shown.get_by_role("img", name="The way from the station to hall 4")
    await expect(shown.locator(".message-content")).to_have_text("How to get here")
    await expect(image).to_be_visible()
    message = await message.edit(content="How to get to hall 4")
    await expect(shown.locator(".message-content")).to_contain_text("How to get to hall 4")
    await expect(image).to_be_visible()
    second = discord.File(io.BytesIO(WIDE), "hall.png", description="Hall 4 from outside")
    message = await message.edit(content="Two pictures", attachments=[*message.attachments, second])
    await expect(shown.get_by_role("img", name="Hall 4 from outside")).to_be_visible()
    await expect(image).to_be_visible()
    await message.edit(attachments=message.attachments[1:])
    await expect(image).to_have_count(0)
    await expect(shown.get_by_role("img", name="Hall 4 from outside")).to_be_visible()


async def test_a_published_announcement_says_so(page: Page, workshop: Live) -> None:
    await visit(page, workshop, "attendee", "announcements")
    message = await workshop.text_channel("announcements").send("Doors open")
    await expect(last(page)).to_contain_text("Doors open")
    await expect(page.get_by_test_id("published")).to_have_count(0)
    await message.publish()
    await expect(last(page).get_by_test_id("published")).to_have_text("Published to followers")


async def test_a_file_in_a_private_answer_is_taken_home(reader: Page) -> None:
    await use(reader, "/export", "<Enter>", "<Enter>")
    answer = last(reader)
    await expect(answer).to_have_attribute("data-ephemeral", "true")
    async with reader.expect_download() as download:
        await answer.get_by_role("link", name="questions.csv").click()
    file = await download.value
    assert file.suggested_filename == "questions.csv"
    assert (await file.path()).read_text(encoding="utf-8").splitlines() == ["number,question", "1,Why?"]
