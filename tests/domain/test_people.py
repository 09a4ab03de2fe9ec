"""Who may see what."""

import pytest

from bot.domain.people import ANYBODY, Action, Actor, Group, may, meant_for

ORGANIZER = Actor(1, frozenset({Group.PUBLIC, Group.ORGANIZERS}))
REVIEWER = Actor(2, frozenset({Group.PUBLIC, Group.REVIEWERS}))
CHAIR = Actor(4, frozenset({Group.PUBLIC, Group.CHAIRS}))


@pytest.mark.parametrize(
    ("actor", "seen"),
    [(ANYBODY, {Group.PUBLIC}), (REVIEWER, {Group.PUBLIC, Group.REVIEWERS}), (ORGANIZER, set(Group))],
)
def test_meant_for(actor: Actor, seen: set[Group]) -> None:
    assert {group for group in Group if meant_for(actor, group)} == seen


@pytest.mark.parametrize(("actor", "allowed"), [(ANYBODY, False), (REVIEWER, False), (ORGANIZER, True)])
def test_may_see_everything(actor: Actor, allowed: bool) -> None:
    assert may(actor, Action.SEE_EVERYTHING) is allowed


@pytest.mark.parametrize(("actor", "allowed"), [(ANYBODY, False), (REVIEWER, False), (CHAIR, True), (ORGANIZER, True)])
def test_chairs_look_after_posters_and_do_nothing_else(actor: Actor, allowed: bool) -> None:
    done = {action for action in Action if may(CHAIR, action)}
    assert (may(actor, Action.LOOK_AFTER_POSTERS), done) == (allowed, {Action.LOOK_AFTER_POSTERS})


@pytest.mark.parametrize(
    ("actor", "allowed"), [(ANYBODY, False), (ORGANIZER, False), (Actor(3, on_committee=True), True)]
)
def test_only_the_committee_handles_cases(actor: Actor, allowed: bool) -> None:
    assert may(actor, Action.HANDLE_CASES) is allowed
