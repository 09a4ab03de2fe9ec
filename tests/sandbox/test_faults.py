"""Faults: which request meets which, how often, and how they travel as JSON."""

from typing import Any

import pytest

from bot.sandbox.faults import Fault, FaultKind, Faults

MESSAGES = "/channels/5/messages"


def kinds(faults: Faults, *paths: str, method: str = "POST") -> list[str | None]:
    """What requests to these paths meet, one after another."""
    taken = [faults.take(method, path) for path in paths]
    return [fault.kind.value if fault else None for fault in taken]


def test_nothing_happens_without_a_fault() -> None:
    assert Faults().take("POST", MESSAGES) is None


def test_a_fault_happens_once() -> None:
    faults = Faults()
    faults.hang(MESSAGES)
    assert kinds(faults, "/users/@me", MESSAGES, MESSAGES) == [None, "hang", None]
    assert faults.list() == []


@pytest.mark.parametrize(
    ("times", "after", "expected"),
    [
        (2, 0, ["hang", "hang", None, None]),
        (1, 2, [None, None, "hang", None]),
        (None, 1, [None, "hang", "hang", "hang"]),
    ],
)
def test_times_and_after(times: int | None, after: int, expected: list[str | None]) -> None:
    faults = Faults()
    faults.hang(MESSAGES, times=times, after=after)
    assert kinds(faults, *[MESSAGES] * 4) == expected


@pytest.mark.parametrize(
    ("method", "path", "meets"),
    [
        ("POST", MESSAGES, True),
        ("PATCH", f"{MESSAGES}/7", False),
        ("POST", f"{MESSAGES}/7/threads", False),
        ("GET", MESSAGES, False),
    ],
)
def test_method_and_path_are_regular_expressions(method: str, path: str, *, meets: bool) -> None:
    faults = Faults()
    faults.hang(r"/messages$", method="^(post|put)$")
    assert (faults.take(method, path) is not None) == meets


def test_faults_are_met_in_the_order_they_were_added() -> None:
    faults = Faults()
    faults.reset_after(MESSAGES, after=1)
    faults.delay(0.1, "/")
    assert kinds(faults, MESSAGES, MESSAGES, MESSAGES) == ["delay", "reset_after", None]


def test_a_fault_can_be_taken_back() -> None:
    faults = Faults()
    hang, delay = faults.hang(), faults.delay(1.0)
    assert [fault.id for fault in faults.list()] == [hang.id, delay.id]
    faults.remove(hang.id)
    assert faults.list() == [delay]
    faults.clear()
    assert faults.list() == []


def test_changes_are_told() -> None:
    told: list[int] = []
    faults = Faults(lambda: told.append(1))
    faults.hang()
    faults.take("GET", "/")
    faults.clear()
    assert told == [1, 1, 1]


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ({"status": 500}, 500, {"message": "500: Internal Server Error", "code": 0}),
        ({"status": 503}, 503, {"message": "503: Service Unavailable", "code": 0}),
        ({"status": 403, "code": 50013}, 403, {"message": "Missing Permissions", "code": 50013}),
        ({"status": 403, "code": 50007}, 403, {"message": "Cannot send messages to this user", "code": 50007}),
        ({"status": 400, "code": 1, "message": "No"}, 400, {"message": "No", "code": 1}),
        (
            {"status": 429, "retry_after": 0.2},
            429,
            {"message": "You are being rate limited.", "code": 0, "retry_after": 0.2, "global": False},
        ),
    ],
)
def test_a_status_is_answered_as_discord_would(asked: dict[str, Any], status: int, body: dict[str, Any]) -> None:
    error = Faults().status(**asked).error()
    assert (error.status, error.body()) == (status, body)


def test_a_global_limit_says_so() -> None:
    error = Faults().status(429, is_global=True, retry_after=3).error()
    assert error.headers == {
        "Via": "1.1 google",
        "Retry-After": "3",
        "X-RateLimit-Scope": "global",
        "X-RateLimit-Global": "true",
    }
    assert error.extra == {"retry_after": 3, "global": True}


EXAMPLES = [
    Fault(FaultKind.STATUS, "POST", "/messages", status=429, retry_after=0.5, is_global=True),
    Fault(FaultKind.STATUS, status=403, code=50013, times=None),
    Fault(FaultKind.RESET_AFTER, "", "/messages$", after=3),
    Fault(FaultKind.DELAY, seconds=0.5, times=4),
]


@pytest.mark.parametrize("fault", EXAMPLES, ids=lambda fault: fault.kind.value)
def test_json_leads_back_to_the_same_fault(fault: Fault) -> None:
    assert Fault.from_json(fault.to_json()) == fault


def test_json_is_what_the_page_shows() -> None:
    faults = Faults()
    assert faults.hang("/messages", method="POST").to_json() == {
        "id": "1",
        "kind": "hang",
        "match": {"method": "POST", "path": "/messages"},
        "times": 1,
        "after": 0,
        "status": 500,
        "code": 0,
        "message": "",
        "retry_after": 1.0,
        "is_global": False,
        "seconds": None,
        "taken": 0,
    }


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "a fault needs a kind: status, reset_before, reset_after, hang, delay"),
        ({"kind": "explode"}, "'explode' is not a valid FaultKind"),
        (
            {"kind": "hang", "match": {"path": "("}},
            "not a regular expression: missing ), unterminated subpattern at position 0",
        ),
        ({"kind": "hang", "colour": 1}, "a fault has no colour"),
        ({"kind": "hang", "times": 0}, "times must be at least 1, or null for always"),
        ({"kind": "hang", "times": "2"}, "times cannot be '2'"),
        ({"kind": "delay"}, "a delay needs seconds"),
    ],
)
def test_json_that_makes_no_fault_says_why(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 (the text is compared whole)
        Fault.from_json(data)
    assert str(refusal.value) == says
