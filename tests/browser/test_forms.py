"""Forms of the bot's on the sandbox's page: choices, people and roles, by mouse, keyboard and touch."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.steps import last, visit
from tests.sandbox.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def open_report(page: Page, workshop: Live) -> Locator:
    """The form to report a message of the author's."""
    written = await workshop.person("author").say("general", "Buy my book")
    message = page.locator(f"[data-message-id='{written['id']}']")
    await message.click(position={"x": 60, "y": 5})
    await message.get_by_test_id("message-menu-button").click()
    await page.get_by_role("menuitem", name="Report to the committee").click()
    form = page.get_by_role("dialog", name="Report to the committee")
    await expect(form).to_be_visible()
    return form


async def send(page: Page, form: Locator) -> Locator:
    await form.get_by_test_id("modal-submit").click()
    await expect(form).to_have_count(0)
    return last(page)


async def test_a_form_keeps_its_defaults(reader: Page, workshop: Live) -> None:
    form = await open_report(reader, workshop)
    await expect(form.get_by_role("radio", name="Harassment")).to_be_focused()
    await expect(form.get_by_role("checkbox", name="Now")).to_be_checked()
    await expect(form.get_by_test_id("select-who")).to_have_text("author")
    await form.get_by_role("radio", name="Spam").check()
    answer = await send(reader, form)
    await expect(answer).to_contain_text("S / ['N'] / author (Member) / [] / True")


async def test_a_form_is_filled_by_mouse(reader: Page, workshop: Live) -> None:
    form = await open_report(reader, workshop)
    await form.get_by_text("Else", exact=True).click()
    await form.get_by_text("Online", exact=True).click()
    options = reader.get_by_test_id("select-option")
    await form.get_by_test_id("select-who").click()
    await options.filter(has_text="organizer").click()
    # Several may be chosen: the list stays until something else is pressed.
    await form.get_by_text("What happened?").click()
    await form.get_by_test_id("select-role").click()
    await options.filter(has_text="@organizer").click()
    await form.get_by_text("Tell them my name").click()
    answer = await send(reader, form)
    told = "E / ['N', 'O'] / author (Member) and organizer (Member) / ['organizer'] / False"
    await expect(answer).to_contain_text(told)


async def test_a_form_is_filled_by_keyboard(reader: Page, workshop: Live) -> None:
    form = await open_report(reader, workshop)
    # Radio buttons: the arrows choose; checkboxes: the space bar; a list: arrows and Enter.
    for key in ("ArrowDown", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "ArrowDown", "End", "ArrowUp", "Enter"):
        await reader.keyboard.press(key)
    await expect(form.get_by_role("radio", name="Spam")).to_be_checked()
    await expect(form.get_by_role("checkbox", name="Before")).to_be_checked()
    for key in ("Tab", "Tab", "Space"):
        await reader.keyboard.press(key)
    await reader.keyboard.press("Enter")
    await expect(form).to_have_count(0)
    told = last(reader).locator(".message-content")
    await expect(told).to_have_text("S / ['B'] / author (Member) and organizer (Member) / [] / False")


async def test_what_is_wrong_is_said_at_its_field(reader: Page, workshop: Live) -> None:
    form = await open_report(reader, workshop)
    for name in ("Before", "Online"):
        await form.get_by_role("checkbox", name=name).check()
    await form.get_by_test_id("select-who").click()
    await reader.get_by_test_id("select-option").filter(has_text="author").click()
    await reader.keyboard.press("Tab")
    await form.get_by_test_id("modal-submit").click()
    await expect(form.get_by_test_id("field-what")).to_contain_text("This field is required.")
    await expect(form.get_by_test_id("field-when")).to_contain_text("Choose at most 2.")
    await expect(form.get_by_test_id("field-who")).to_contain_text("This field is required.")
    await expect(form.get_by_role("radiogroup", name="What happened?")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_role("radio", name="Harassment")).to_be_focused()
    await form.get_by_role("radio", name="Harassment").check()
    await expect(form.get_by_test_id("field-what")).not_to_contain_text("This field is required.")


async def test_what_is_not_required_can_be_cleared_again(reader: Page, workshop: Live) -> None:
    form = await open_report(reader, workshop)
    await form.get_by_role("radio", name="Spam").check()
    for _ in range(2):
        await form.get_by_test_id("select-role").click()
        await reader.get_by_test_id("select-option").filter(has_text="@organizer").click()
    await expect(form.get_by_test_id("select-role")).to_have_text("Make a selection")
    await form.get_by_role("checkbox", name="Now").uncheck()
    answer = await send(reader, form)
    await expect(answer).to_contain_text("S / [] / author (Member) / [] / True")


async def test_a_form_fits_a_phone(phone: Page, workshop: Live) -> None:
    await visit(phone, workshop, "attendee")
    written = await workshop.person("author").say("general", "Buy my book")
    message = phone.locator(f"[data-message-id='{written['id']}']")
    await message.tap(position={"x": 60, "y": 5})
    await message.get_by_test_id("message-menu-button").tap()
    await phone.get_by_role("menuitem", name="Report to the committee").tap()
    form = phone.get_by_role("dialog", name="Report to the committee")
    await form.get_by_text("Spam").tap()
    await form.get_by_test_id("select-who").tap()
    options = phone.get_by_test_id("select-option")
    await options.filter(has_text="organizer").tap()
    box, screen = await form.bounding_box(), phone.viewport_size
    assert box is not None
    assert screen is not None
    assert 0 <= box["x"] <= screen["width"] - box["width"]
    assert 0 <= box["y"] <= screen["height"] - box["height"]
    await form.get_by_text("What happened?").tap()
    await form.get_by_test_id("modal-submit").tap()
    await expect(last(phone)).to_contain_text("author (Member) and organizer (Member)")
