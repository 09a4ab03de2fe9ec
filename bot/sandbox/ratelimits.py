"""Discord's rate limits: which bucket a request falls into, what its headers say, and when it is refused.

https://discord.com/developers/docs/topics/rate-limits. The documentation asks clients to read limits from headers and
publishes few figures; those marked "observed" are what clients see in practice.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .errors import ApiError, opening_dms_too_fast, rate_limited

#: From so many buckets on, those that are over are forgotten.
_MOST_WINDOWS = 5000
#: Discord's proxy; a client tells a ban by Cloudflare from an ordinary 429 by this header.
VIA = {"Via": "1.1 google"}

#: What Cloudflare, which stands before Discord, says to whoever was refused too often.
BANNED = "You are being blocked from accessing our API temporarily."


@dataclass(frozen=True, slots=True)
class Rule:
    """At most ``limit`` requests in ``seconds``, counted for each major parameter (channel, guild, webhook)."""

    name: str
    limit: int
    seconds: float


GLOBAL = Rule("global", 50, 1.0)
#: 10,000 refusals with 401, 403 or 429 in ten minutes, then Discord's edge answers 429 to everything for a while.
INVALID = Rule("invalid", 10_000, 600.0)
#: For routes without a rule of their own. Observed; deliberately roomy.
DEFAULT = Rule("default", 50, 1.0)
#: Observed: five messages in five seconds in one channel.
CREATE_MESSAGE = Rule("message-create", 5, 5.0)
EDIT_MESSAGE = Rule("message-edit", 5, 5.0)
DELETE_MESSAGE = Rule("message-delete", 5, 1.0)
#: Observed: https://github.com/discord/discord-api-docs/issues/182
REACTION = Rule("reaction", 1, 0.25)
PINS = Rule("pins", 5, 5.0)
CHANNEL_EDIT = Rule("channel-edit", 5, 15.0)
#: Since 2020 a channel's name and topic may be changed twice in ten minutes.
CHANNEL_RENAME = Rule("channel-rename", 2, 600.0)
THREAD_CREATE = Rule("thread-create", 50, 300.0)
#: DMs opened with people for the first time. Discord publishes no figure; bots report being refused (40003) after a
#: few dozen up to a few hundred.
NEW_DM = Rule("dm-new", 100, 600.0)
ROLE_OF_MEMBER = Rule("member-role", 10, 10.0)
WEBHOOK = Rule("webhook", 5, 2.0)
TYPING = Rule("typing", 5, 5.0)

RULES: Mapping[tuple[str, str], Rule] = {
    ("POST", "/channels/{channel_id}/messages"): CREATE_MESSAGE,
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): EDIT_MESSAGE,
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): DELETE_MESSAGE,
    ("POST", "/channels/{channel_id}/threads"): THREAD_CREATE,
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"): THREAD_CREATE,
    ("POST", "/channels/{channel_id}/typing"): TYPING,
    ("PATCH", "/channels/{channel_id}"): CHANNEL_EDIT,
    ("PUT", "/channels/{channel_id}/pins/{message_id}"): PINS,
    ("DELETE", "/channels/{channel_id}/pins/{message_id}"): PINS,
    ("PUT", "/channels/{channel_id}/messages/pins/{message_id}"): PINS,
    ("DELETE", "/channels/{channel_id}/messages/pins/{message_id}"): PINS,
    ("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): ROLE_OF_MEMBER,
    ("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"): ROLE_OF_MEMBER,
}
_REACTIONS = "/channels/{channel_id}/messages/{message_id}/reactions"


def rule_of(method: str, route: str) -> Rule:
    """The rule for a route template such as `/channels/{channel_id}/messages`."""
    if route.startswith(_REACTIONS) and method in ("PUT", "DELETE"):
        return REACTION
    if route.startswith("/webhooks/"):
        return WEBHOOK
    return RULES.get((method, route), DEFAULT)


def counts_globally(route: str) -> bool:
    """Interaction callbacks and the webhooks behind them stand outside the global limit."""
    return not route.startswith(("/interactions/", "/webhooks/"))


class Window:
    """One bucket: a fixed window that opens with its first request."""

    __slots__ = ("opened", "rule", "used")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.opened = float("-inf")
        self.used = 0

    def wait(self, now: float) -> float:
        """Seconds until a request fits; 0 when one fits now."""
        if now >= self.opened + self.rule.seconds or self.used < self.rule.limit:
            return 0.0
        return self.opened + self.rule.seconds - now

    def take(self, now: float) -> None:
        """Counts one request that fits."""
        if now >= self.opened + self.rule.seconds:
            self.opened, self.used = now, 0
        self.used += 1

    def reset_after(self, now: float) -> float:
        return max(0.0, self.opened + self.rule.seconds - now)


class RateLimiter:
    """Counts the bot's requests and refuses those over a limit.

    ``enforce``: False only reports in headers. ``now``: monotonic seconds. ``scale``: how many times faster than real
    time the limits run; 10 turns 50 requests a second into 500, and shortens the waits told to the client likewise.
    """

    def __init__(self, enforce: bool = True, now: Callable[[], float] = time.monotonic, *, scale: float = 1.0) -> None:
        self.enforce = enforce
        self.scale = scale
        self._now = now
        self._windows: dict[tuple[str, str], Window] = {}
        self._global = Window(GLOBAL)
        self._invalid: deque[float] = deque()

    def check(self, method: str, route: str, major: str = "") -> dict[str, str]:
        """Counts one request and returns its headers; raises ApiError 429 where a limit is used up.

        ``major``: the channel, guild or webhook in the path, as text.
        """
        now = self._now() * self.scale
        if self.enforce:
            self._refuse_banned(now)
        rule = rule_of(method, route)
        if self.enforce and counts_globally(route):
            if wait := self._global.wait(now):
                raise self._refused(wait, {}, scope="global")
            self._global.take(now)
        window = self._window(rule, method, route, major)
        if self.enforce and (wait := window.wait(now)):
            scope = "shared" if rule is CHANNEL_RENAME else "user"
            raise self._refused(wait, self._headers(window, now, method, route), scope)
        window.take(now)
        return self._headers(window, now, method, route)

    def check_rename(self, channel_id: int | str) -> None:
        """Counts one change of a channel's name or topic, on top of `check`; raises ApiError 429 at the third."""
        if not self.enforce:
            return
        now = self._now() * self.scale
        window = self._window(CHANNEL_RENAME, "PATCH", "rename", str(channel_id))
        if wait := window.wait(now):
            raise self._refused(wait, self._headers(window, now, "PATCH", "rename"), "user")
        window.take(now)

    def check_new_dm(self) -> None:
        """Counts one DM opened with somebody new; raises ApiError 403 40003 where there have been too many."""
        if not self.enforce:
            return
        now = self._now() * self.scale
        window = self._window(NEW_DM, "POST", "dm", "")
        if window.wait(now):
            raise opening_dms_too_fast()
        window.take(now)

    def note(self, status: int) -> None:
        """To be told of every answer: 401, 403 and 429 count towards the ban (a 429 with scope "shared" would not)."""
        if status in (401, 403, 429):
            self._invalid.append(self._now() * self.scale)

    @property
    def invalid_requests(self) -> int:
        """Refusals with 401, 403 or 429 in the last ten minutes."""
        self._forget(self._now() * self.scale)
        return len(self._invalid)

    def _refuse_banned(self, now: float) -> None:
        self._forget(now)
        if len(self._invalid) >= INVALID.limit:
            wait = (self._invalid[0] + INVALID.seconds - now) / self.scale
            # Cloudflare answers here, not Discord: no Via, and the client sees a ban.
            raise ApiError(
                429,
                0,
                BANNED,
                headers={
                    "Retry-After": str(max(1, round(wait))),
                },
            )

    def _forget(self, now: float) -> None:
        while self._invalid and self._invalid[0] <= now - INVALID.seconds:
            self._invalid.popleft()

    def _window(self, rule: Rule, method: str, route: str, major: str) -> Window:
        key = (f"{method} {route}" if rule is DEFAULT else rule.name, major)
        window = self._windows.get(key)
        if window is None:
            if len(self._windows) >= _MOST_WINDOWS:
                self._drop_closed()
            window = self._windows[key] = Window(rule)
        return window

    def _drop_closed(self) -> None:
        """Every interaction brings a bucket of its own; those whose time is over say nothing any more."""
        now = self._now() * self.scale
        self._windows = {key: window for key, window in self._windows.items() if window.reset_after(now)}

    def _headers(self, window: Window, now: float, method: str, route: str) -> dict[str, str]:
        after = window.reset_after(now) / self.scale
        bucket = window.rule.name if window.rule is not DEFAULT else _bucket_name(method, route)
        return {
            "X-RateLimit-Limit": str(window.rule.limit),
            "X-RateLimit-Remaining": str(max(0, window.rule.limit - window.used)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": bucket,
        }

    def _refused(self, wait: float, headers: dict[str, str], scope: str) -> ApiError:
        return refusal(wait / self.scale, headers, scope)


def refusal(seconds: float, headers: Mapping[str, str] | None = None, scope: str = "user") -> ApiError:
    """A 429 as Discord words it. ``scope``: "user" (the bot's own bucket), "shared", or "global"."""
    is_global = scope == "global"
    told = {**(headers or {}), **VIA, "Retry-After": str(max(1, -int(-seconds // 1))), "X-RateLimit-Scope": scope}
    if is_global:
        told["X-RateLimit-Global"] = "true"
    return rate_limited(seconds, is_global=is_global, headers=told)


def _bucket_name(method: str, route: str) -> str:
    """Headers hold no spaces or braces in a bucket's name; Discord's are opaque hashes."""
    return f"{method}{route}".lower().translate(str.maketrans("/{}", "-__"))
