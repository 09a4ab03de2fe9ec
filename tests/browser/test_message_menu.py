"""A message's menu on the sandbox's page: the bot's own commands in it, by keyboard and by touch; replies."""

import re
import secrets
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.steps import last, visit
from tests.sandbox.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def said(page: Page, workshop: Live, person: str = "author", channel: str | int = "general") -> Locator:
    """A message of somebody's on the page, whose words nobody else used."""
    text = f"What is a flow, {secrets.token_hex(4)}?"
    await workshop.person(person).say(channel, text)
    message = page.get_by_test_id("message").filter(has=page.get_by_text(text, exact=True)).first
    await expect(message).to_be_visible()
    return message


async def words(message: Locator) -> str:
    return await message.locator(".message-content").inner_text()


async def test_a_command_is_used_by_keyboard(reader: Page, workshop: Live) -> None:
    message = await said(reader, workshop)
    await message.focus()
    await message.get_by_test_id("message-menu-button").focus()
    await reader.keyboard.press("Enter")
    await expect(reader.get_by_role("menu")).to_be_visible()
    for key in ("End", "ArrowUp"):
        await reader.keyboard.press(key)
    await expect(reader.get_by_role("menuitem", name="Collect as question")).to_be_focused()
    await reader.keyboard.press("Enter")
    await expect(last(reader)).to_contain_text(f"Collected: {await words(message)}")
    await expect(reader.get_by_role("menu")).to_have_count(0)


async def test_the_menu_opens_with_shift_f10_and_escape_gives_the_focus_back(reader: Page, workshop: Live) -> None:
    message = await said(reader, workshop)
    await message.focus()
    await reader.keyboard.press("Shift+F10")
    await expect(reader.get_by_role("menu")).to_be_visible()
    await reader.keyboard.press("Escape")
    await expect(reader.get_by_role("menu")).to_have_count(0)
    await expect(message).to_be_focused()


async def test_a_command_is_used_by_touch(phone: Page, workshop: Live) -> None:
    await visit(phone, workshop, "attendee")
    message = await said(phone, workshop)
    await message.tap()
    await message.get_by_test_id("message-menu-button").tap()
    menu = phone.get_by_test_id("message-menu")
    box = await menu.bounding_box()
    assert box is not None
    # Along the lower edge, all of it on the screen.
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    await menu.get_by_test_id("app-command").filter(has_text="Collect as question").tap()
    await expect(last(phone)).to_contain_text(f"Collected: {await words(message)}")


async def test_what_only_one_sees_takes_no_reply(reader: Page, workshop: Live) -> None:
    await workshop.person().command("/now")
    answer = last(reader)
    await expect(answer).to_have_attribute("data-ephemeral", "true")
    await answer.hover()
    await expect(answer.get_by_test_id("message-menu-button")).to_be_visible()
    await expect(answer.get_by_test_id("reply")).to_be_hidden()


async def reply(page: Page, workshop: Live, *, ping: bool) -> dict[str, Any]:
    """Replies to a message of the bot's, and gives back the reply."""
    own = await workshop.text_channel().send(f"Question {secrets.token_hex(4)}")
    message = page.locator(f"[data-message-id='{own.id}']")
    await message.hover()
    await message.get_by_test_id("reply").click()
    await expect(page.get_by_test_id("composer")).to_be_focused()
    switch = page.get_by_test_id("reply-ping")
    await expect(switch).to_have_attribute("aria-pressed", "true")
    if not ping:
        await switch.click()
        await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.keyboard.type("Because of memory")
    await page.keyboard.press("Enter")
    line = last(page).locator(".context-line b")
    await expect(line).to_have_text("@Usher" if ping else "Usher")
    sent = workshop.person().sees("general")[-1]
    assert sent["referenced_message"]["id"] == str(own.id)
    return sent


@pytest.mark.parametrize(("ping", "mentioned", "text"), [(True, ["Usher"], "Because of memory"), (False, [], "")])
async def test_a_reply_that_pings_brings_its_text_to_the_bot(
    reader: Page, workshop: Live, ping: bool, mentioned: list[str], text: str
) -> None:
    sent = await reply(reader, workshop, ping=ping)
    assert [user["username"] for user in sent["mentions"]] == mentioned
    heard = await workshop.bot.heard.get()
    while heard.id != int(sent["id"]):
        heard = await workshop.bot.heard.get()
    assert heard.content == text


async def test_nobody_pings_themselves(reader: Page, workshop: Live) -> None:
    message = await said(reader, workshop, "attendee")
    await message.hover()
    await message.get_by_test_id("reply").click()
    await expect(reader.locator(".reply-bar")).to_have_text(re.compile("Replying to attendee"))
    await expect(reader.get_by_test_id("reply-ping")).to_be_hidden()
    await reader.keyboard.press("Escape")
    await expect(reader.locator(".reply-bar")).to_be_hidden()


async def test_a_message_is_changed_and_deleted_by_its_author(reader: Page, workshop: Live) -> None:
    message = await said(reader, workshop, "attendee")
    where = reader.locator(f"[data-message-id='{await message.get_attribute('data-message-id')}']")
    await where.hover()
    await where.get_by_test_id("message-menu-button").click()
    await reader.get_by_test_id("edit-message").click()
    await expect(reader.locator(".reply-bar")).to_have_text("Editing your message")
    await reader.keyboard.press("ControlOrMeta+A")
    await reader.keyboard.type("What is a map?")
    await reader.keyboard.press("Enter")
    await expect(where).to_contain_text("What is a map? (edited)")
    await expect(reader.locator(".reply-bar")).to_be_hidden()
    await where.hover()
    await where.get_by_test_id("message-menu-button").click()
    await reader.get_by_test_id("delete-message").click()
    await expect(where).to_have_count(0)


async def test_only_moderators_delete_what_others_wrote(page: Page, workshop: Live) -> None:
    for person, count in (("attendee", 0), ("organizer", 1)):
        await visit(page, workshop, person)
        message = await said(page, workshop)
        await message.hover()
        await message.get_by_test_id("message-menu-button").click()
        await expect(page.get_by_test_id("delete-message")).to_have_count(count)
        await expect(page.get_by_test_id("edit-message")).to_have_count(0)
