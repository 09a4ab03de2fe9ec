"""Using the bot on the sandbox's page: commands, buttons, menus and forms, mostly by keyboard."""

import asyncio
import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.steps import last, open_card, use

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_command_by_keyboard_with_autocomplete(reader: Page) -> None:
    await use(reader, "/pos")
    await expect(reader.get_by_test_id("picker-item")).to_have_count(1)
    await use(reader, "<Tab>")
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("Words of the title")
    await reader.keyboard.type("on")
    choices = reader.get_by_test_id("autocomplete-item")
    await expect(choices).to_have_text(["Denoising beyond Gaussians", "Flows on tangent spaces"])
    await reader.keyboard.press("ArrowDown")
    await reader.keyboard.press("ArrowDown")
    await reader.keyboard.press("Enter")
    await expect(reader.get_by_test_id("command-option-title")).to_have_value("Flows on tangent spaces")
    await reader.keyboard.press("Enter")
    card = last(reader)
    await expect(card.locator("h4")).to_have_text("Flows on tangent spaces")
    await expect(card.locator(".context-line")).to_have_text(re.compile("attendee used /poster"))
    await expect(card.locator("time.md-time")).to_have_text("17:20")


async def test_free_text_is_kept_when_nothing_is_chosen(reader: Page) -> None:
    await use(reader, "/poster", "<Enter>", "flows")
    await expect(reader.get_by_test_id("autocomplete-item")).to_have_count(1)
    await reader.keyboard.press("Enter")
    await expect(last(reader).locator("h4")).to_have_text("flows")


async def test_command_typed_as_one_line(reader: Page) -> None:
    await use(reader, "/poster title:one line private:true", "<Enter>")
    await expect(last(reader)).to_have_attribute("data-ephemeral", "true")
    await expect(last(reader).locator("h4")).to_have_text("one line")


async def test_required_option_and_escape(reader: Page) -> None:
    await use(reader, "/poster", "<Enter>", "<Enter>")
    await expect(reader.get_by_test_id("command-hint")).to_contain_text("This option is required")
    for _ in range(2):
        await reader.keyboard.press("Escape")
    await expect(reader.get_by_test_id("composer")).to_have_value("/poster")
    await expect(reader.get_by_test_id("composer")).to_be_focused()


async def test_button_edits_in_place_and_keeps_the_focus(reader: Page) -> None:
    card = await open_card(reader)
    count = card.get_by_test_id("button-count")
    await count.focus()
    await reader.keyboard.press("Enter")
    await expect(count).to_have_text("Count 1")
    await expect(count).to_be_focused()
    await reader.keyboard.press("Enter")
    await expect(count).to_have_text("Count 2")


async def test_select_by_keyboard(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("select-topic").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await reader.keyboard.press(key)
    await expect(last(reader)).to_contain_text("You chose theory")


async def test_modal(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("button-ask").click()
    modal = reader.get_by_role("dialog", name="Ask a question")
    await expect(modal.get_by_label("Your question")).to_be_focused()
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_test_id("field-text")).to_contain_text("This field is required.")
    await reader.keyboard.type("Why?")
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_test_id("field-text")).to_contain_text("Must be 5 or more in length.")
    await reader.keyboard.type(" Because of **what**?")
    await modal.get_by_test_id("select-named").click()
    await modal.get_by_test_id("select-option").filter(has_text="No").click()
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()
    await expect(last(reader)).to_contain_text("Recorded (named: no): Why? Because of what?")


async def test_thinking(reader: Page, gate: asyncio.Event) -> None:
    await use(reader, "/slow", "<Enter>", "<Enter>")
    answer = last(reader)
    await expect(answer.get_by_test_id("thinking")).to_have_text("Usher is thinking…")
    gate.set()
    await expect(answer.locator(".message-content")).to_contain_text("Thought about it")


async def test_no_answer(reader: Page) -> None:
    card = await open_card(reader)
    await card.get_by_test_id("button-silent").click()
    await expect(card.get_by_test_id("button-silent")).to_have_attribute("aria-busy", "true")
    await expect(card.locator(".failure")).to_have_text("This interaction failed")
