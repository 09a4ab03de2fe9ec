"""Threads and forum posts on the sandbox's page: who sees them, and what becomes of them while they are open."""

import secrets

import discord
import pytest
from playwright.async_api import Page, expect

from tests.browser.steps import last, use, visit
from tests.sandbox.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def post(workshop: Live, *tags: str) -> discord.Thread:
    forum = workshop.forum()
    applied = [tag for tag in forum.available_tags if tag.name in tags]
    name = f"P {secrets.token_hex(4)}"
    return (await forum.create_thread(name=name, content="Ask here", applied_tags=applied)).thread


async def open_post(page: Page, workshop: Live, thread: discord.Thread, person: str = "attendee") -> None:
    await visit_forum(page, workshop, person)
    await page.locator(f".post[data-channel-id='{thread.id}']").click()
    await expect(page.get_by_test_id("channel-title")).to_have_text(thread.name)
    await expect(last(page)).to_contain_text("Ask here")


async def visit_forum(page: Page, workshop: Live, person: str = "attendee") -> None:
    await page.goto(f"{workshop.sandbox.page_url}#as={person}&in=posters")
    await expect(page.get_by_test_id(f"person-{person}")).to_have_attribute("aria-checked", "true")
    await expect(page.get_by_test_id("forum")).to_be_visible()


async def test_a_forum_shows_tags_and_what_is_locked_or_archived(page: Page, workshop: Live) -> None:
    plain, locked, archived = [await post(workshop, tag) for tag in ("vision", "theory", "vision")]
    await visit_forum(page, workshop)
    one = {thread.id: page.locator(f".post[data-channel-id='{thread.id}']") for thread in (plain, locked, archived)}
    workshop.sandbox.moderator.lock(locked.id)
    workshop.sandbox.moderator.archive(archived.id)
    await expect(one[locked.id].locator(".tag-row > *")).to_have_text(["Locked", "theory"])
    await expect(one[archived.id].locator(".tag-row > *")).to_have_text(["Archived", "vision"])
    await expect(one[plain.id].locator(".tag-row > *")).to_have_text(["vision"])
    await expect(page.locator(".older-posts + .posts").locator(one[archived.id])).to_have_count(1)
    workshop.sandbox.moderator.archive(archived.id, False)
    await expect(page.locator(".older-posts")).to_have_count(0)


async def test_an_archived_post_is_opened_by_a_message(page: Page, workshop: Live) -> None:
    thread = await post(workshop)
    await open_post(page, workshop, thread)
    workshop.sandbox.moderator.archive(thread.id)
    await expect(page.get_by_test_id("thread-state")).to_have_text("Archived: a message opens it again.")
    await use(page, "Is anybody here?", "<Enter>")
    await expect(last(page)).to_contain_text("Is anybody here?")
    await expect(page.get_by_test_id("thread-state")).to_be_hidden()


async def test_a_locked_post_is_for_moderators(page: Page, workshop: Live) -> None:
    thread = await post(workshop)
    await open_post(page, workshop, thread)
    workshop.sandbox.moderator.lock(thread.id)
    await expect(page.get_by_test_id("thread-state")).to_have_text("Locked: you cannot write here.")
    await use(page, "Let me in", "<Enter>")
    await expect(page.get_by_test_id("notice")).to_contain_text("Thread is locked")
    await expect(page.get_by_test_id("composer")).to_have_value("Let me in")
    await open_post(page, workshop, thread, "organizer")
    await expect(page.get_by_test_id("thread-state")).to_have_text("Locked: only moderators can write here.")
    await use(page, "Closed for today", "<Enter>")
    await expect(last(page)).to_contain_text("Closed for today")


async def test_a_post_that_is_deleted_leaves_its_reader_in_the_forum(page: Page, workshop: Live) -> None:
    thread = await post(workshop)
    await open_post(page, workshop, thread)
    workshop.sandbox.moderator.delete(thread.id)
    await expect(page.get_by_test_id("channel-title")).to_have_text("posters")
    await expect(page.get_by_test_id("notice")).to_contain_text(f"{thread.name} is not there any more.")
    await expect(page.locator(f"[data-channel-id='{thread.id}']")).to_have_count(0)


async def test_with_a_forum_its_posts_go(page: Page, workshop: Live) -> None:
    forum = await workshop.guild.create_forum("short-lived")
    thread = (await forum.create_thread(name="P9", content="Ask here")).thread
    await visit(page, workshop, "attendee")
    await page.evaluate(f"location.hash = '#as=attendee&in={thread.id}'")
    await expect(page.get_by_test_id("channel-title")).to_have_text("P9")
    workshop.sandbox.moderator.delete("short-lived")
    await expect(page.get_by_test_id("channel-title")).to_have_text("general")
    await expect(page.get_by_test_id("channel-short-lived")).to_have_count(0)
    await expect(page.get_by_test_id("channel-P9")).to_have_count(0)


async def test_a_private_thread_comes_and_goes_with_being_in_it(page: Page, workshop: Live) -> None:
    name = f"Case {secrets.token_hex(4)}"
    author = discord.Object(workshop.sandbox.world.person("author").id)
    await visit(page, workshop, "author")
    thread = await workshop.text_channel().create_thread(name=name, type=discord.ChannelType.private_thread)
    entry = page.get_by_test_id(f"channel-{name}")
    await thread.add_user(author)
    await expect(entry).to_contain_text("private thread")
    await entry.click()
    await expect(page.get_by_test_id("channel-title")).to_contain_text(name)
    await thread.send("For you alone")
    await expect(last(page)).to_contain_text("For you alone")
    await thread.remove_user(author)
    await expect(page.get_by_test_id("channel-title")).to_have_text("general")
    await expect(entry).to_have_count(0)
    # Not in it, no moderator: neither in the list nor by its address.
    await page.goto(f"{workshop.sandbox.page_url}#as=attendee&in={thread.id}")
    await expect(page.get_by_test_id("person-attendee")).to_have_attribute("aria-checked", "true")
    await expect(page.get_by_test_id("channel-title")).to_have_text("general")
    await expect(entry).to_have_count(0)
    await page.get_by_test_id("person-organizer").click()
    await expect(entry).to_be_visible()


async def test_the_drawer_moderates_the_open_thread(page: Page, workshop: Live) -> None:
    thread = await post(workshop)
    await open_post(page, workshop, thread)
    await page.get_by_test_id("faults-button").click()
    data = workshop.sandbox.world.channels[thread.id].thread
    assert data is not None
    await page.get_by_test_id("moderate-lock").click()
    await page.get_by_test_id("moderate-archive").click()
    await expect(page.get_by_test_id("moderate-unarchive")).to_be_visible()
    assert (data.locked, data.archived) == (True, True)
    await page.get_by_test_id("moderate-unlock").click()
    await expect(page.get_by_test_id("moderate-lock")).to_be_visible()
    await page.get_by_test_id("moderate-fill").click()
    await use(page, "Is there room?", "<Enter>")
    await expect(page.get_by_test_id("notice")).to_contain_text("Maximum number of thread participants reached")
    await page.get_by_test_id("moderate-empty").click()
    await page.get_by_test_id("moderate-fill_guild").click()
    await use(page, "<Enter>")
    await expect(page.get_by_test_id("notice")).to_contain_text("Maximum number of active threads reached")
    await page.get_by_test_id("moderate-empty_guild").click()
    await use(page, "<Enter>")
    await expect(last(page)).to_contain_text("Is there room?")
    await page.get_by_test_id("moderate-delete").click()
    await expect(page.get_by_test_id("channel-title")).to_have_text("posters")
    assert thread.id not in workshop.sandbox.world.channels
