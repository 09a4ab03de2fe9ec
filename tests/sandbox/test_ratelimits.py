"""Discord's rate limits on a clock that only the test moves."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.ratelimits import RateLimiter, refusal

MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
REACTION = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def limiter(*, enforce: bool = True, scale: float = 1.0) -> tuple[RateLimiter, Clock]:
    clock = Clock()
    return RateLimiter(enforce, clock, scale=scale), clock


def refused(limits: RateLimiter, method: str, route: str, major: str = "1") -> ApiError | None:
    try:
        limits.check(method, route, major)
    except ApiError as error:
        return error
    return None


def passing(limits: RateLimiter, count: int, method: str, route: str, major: str = "1") -> int:
    """How many of so many requests pass."""
    return sum(refused(limits, method, route, major) is None for _ in range(count))


def test_headers_count_down() -> None:
    limits, clock = limiter()
    first = limits.check("POST", MESSAGES, "1")
    clock.now += 2
    second = limits.check("POST", MESSAGES, "1")
    assert {name: second[name] for name in second if name != "X-RateLimit-Reset"} == {
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "3",
        "X-RateLimit-Reset-After": "3.000",
        "X-RateLimit-Bucket": first["X-RateLimit-Bucket"],
    }
    assert first["X-RateLimit-Remaining"] == "4"


def test_five_messages_in_five_seconds_in_a_channel() -> None:
    limits, clock = limiter()
    assert passing(limits, 7, "POST", MESSAGES) == 5
    assert passing(limits, 7, "POST", MESSAGES, "2") == 5
    clock.now += 4.99
    assert passing(limits, 1, "POST", MESSAGES) == 0
    clock.now += 0.01
    assert passing(limits, 7, "POST", MESSAGES) == 5


def test_a_refusal_says_how_long_to_wait() -> None:
    limits, clock = limiter()
    passing(limits, 5, "POST", MESSAGES)
    clock.now += 1.5
    error = refused(limits, "POST", MESSAGES)
    assert error is not None
    assert (error.status, error.body()) == (
        429,
        {"message": "You are being rate limited.", "code": 0, "retry_after": 3.5, "global": False},
    )
    told = {name: value for name, value in error.headers.items() if name != "X-RateLimit-Reset"}
    assert told == {
        "Via": "1.1 google",
        "Retry-After": "4",
        "X-RateLimit-Scope": "user",
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": "3.500",
        "X-RateLimit-Bucket": "message-create",
    }


def test_fifty_requests_a_second_in_all() -> None:
    limits, clock = limiter()
    assert sum(passing(limits, 1, "GET", "/channels/{channel_id}", str(number)) for number in range(60)) == 50
    error = refused(limits, "GET", "/users/@me", "")
    assert error is not None
    assert (error.extra["global"], error.headers["X-RateLimit-Scope"]) == (True, "global")
    assert (error.headers["X-RateLimit-Global"], error.headers["Via"]) == ("true", "1.1 google")
    clock.now += 1
    assert refused(limits, "GET", "/users/@me", "") is None


def test_interactions_stand_outside_the_global_limit() -> None:
    limits, _ = limiter()
    assert sum(passing(limits, 1, "POST", CALLBACK, str(number)) for number in range(200)) == 200
    assert sum(passing(limits, 1, "POST", FOLLOW_UP, f"app-token-{number}") for number in range(200)) == 200
    assert refused(limits, "GET", "/users/@me", "") is None


def test_an_interactions_own_webhook_is_limited() -> None:
    limits, _ = limiter()
    assert passing(limits, 8, "POST", FOLLOW_UP, "app-token") == 5


def test_reactions_come_one_in_a_quarter_second() -> None:
    limits, clock = limiter()
    assert passing(limits, 2, "PUT", REACTION) == 1
    clock.now += 0.25
    assert passing(limits, 2, "DELETE", REACTION) == 1


def test_a_channel_is_renamed_twice_in_ten_minutes() -> None:
    limits, clock = limiter()
    limits.check_rename(1)
    limits.check_rename(1)
    clock.now += 599
    with pytest.raises(ApiError) as refusal:
        limits.check_rename(1)
    assert (refusal.value.status, refusal.value.extra["retry_after"]) == (429, 1.0)
    limits.check_rename(2)
    clock.now += 1
    limits.check_rename(1)


def test_routes_without_a_rule_have_a_bucket_each() -> None:
    limits, _ = limiter()
    one = limits.check("GET", "/channels/{channel_id}", "1")
    other = limits.check("GET", "/guilds/{guild_id}", "1")
    assert (one["X-RateLimit-Remaining"], other["X-RateLimit-Remaining"]) == ("49", "49")
    assert one["X-RateLimit-Bucket"] != other["X-RateLimit-Bucket"]


def test_a_refused_request_does_not_count() -> None:
    limits, clock = limiter()
    passing(limits, 50, "POST", MESSAGES)
    clock.now += 5
    assert passing(limits, 5, "POST", MESSAGES) == 5


def test_without_enforcing_nothing_is_refused_and_headers_remain() -> None:
    limits, _ = limiter(enforce=False)
    headers = [limits.check("POST", MESSAGES, "1") for _ in range(100)]
    limits.check_rename(1)
    limits.check_rename(1)
    limits.check_rename(1)
    assert headers[-1]["X-RateLimit-Remaining"] == "0"


def test_on_a_scaled_clock_limits_run_faster() -> None:
    limits, clock = limiter(scale=10)
    assert passing(limits, 6, "POST", MESSAGES) == 5
    error = refused(limits, "POST", MESSAGES)
    assert error is not None
    assert error.extra["retry_after"] == 0.5
    clock.now += 0.5
    assert passing(limits, 6, "POST", MESSAGES) == 5


def test_ten_thousand_invalid_requests_in_ten_minutes_are_a_ban() -> None:
    limits, clock = limiter()
    for status in [200] * 5 + [404] * 5 + [401, 403, 429] * 3333:
        limits.note(status)
    assert limits.invalid_requests == 9999
    assert refused(limits, "GET", "/users/@me", "") is None
    limits.note(403)
    error = refused(limits, "GET", "/users/@me", "")
    assert error is not None
    # A ban comes from Discord's edge: without the header by which a client knows an ordinary limit.
    assert (error.status, error.headers) == (429, {"Retry-After": "600"})
    clock.now += 600
    assert (refused(limits, "GET", "/users/@me", ""), limits.invalid_requests) == (None, 0)


def test_a_wait_is_rounded_up_in_the_header_only() -> None:
    error = refusal(0.2)
    assert (error.headers["Retry-After"], error.extra["retry_after"]) == ("1", 0.2)
    assert refusal(2.0).headers["Retry-After"] == "2"
