"""Discord's refusals: one exception, and one named constructor per refusal that the sandbox can give.

Codes and texts follow Discord's list of JSON error codes (developer documentation, "Opcodes and Status Codes").
A route raises one of these; the server turns it into the answer with `status`, `body()` and `headers`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


class ApiError(Exception):
    """A refused request: the HTTP status, Discord's code and text, the nested `errors` of a form, extra headers."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        errors: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.headers = headers or {}
        self.extra = extra or {}

    def body(self) -> dict[str, Any]:
        """The JSON body that Discord sends with this refusal."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body | self.extra

    def under(self, *path: str | int) -> "ApiError":
        """The same refusal of a form that stands inside another one: `under("data")` for an interaction callback."""
        if self.errors is None:
            return self
        node = self.errors
        for part in reversed(path):
            node = {str(part): node}
        return ApiError(self.status, self.code, self.message, node, self.headers, self.extra)


@contextmanager
def inside(*path: str | int) -> Iterator[None]:
    """Around the check of a form that is part of another one: its refusals get the path in front."""
    try:
        yield
    except ApiError as error:
        raise error.under(*path) from None


# 4xx without a JSON code of their own


def unauthorized() -> ApiError:
    """The token is missing or wrong."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """No such route."""
    return ApiError(404, 0, "404: Not Found")


def method_not_allowed() -> ApiError:
    """There is such a route, for other methods."""
    return ApiError(405, 0, "405: Method Not Allowed")


def rate_limited(retry_after: float, *, is_global: bool, headers: dict[str, str]) -> ApiError:
    """429. `retry_after` is in seconds. Ordinary limits have the code 0."""
    error = ApiError(429, 0, "You are being rate limited.", headers=headers)
    error.extra = {"retry_after": round(retry_after, 3), "global": is_global}
    return error


# 10xxx: unknown things


def unknown_application() -> ApiError:
    return ApiError(404, 10002, "Unknown Application")


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member() -> ApiError:
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def unknown_overwrite() -> ApiError:
    return ApiError(404, 10009, "Unknown Permission Overwrite")


def unknown_role() -> ApiError:
    return ApiError(404, 10011, "Unknown Role")


def unknown_user() -> ApiError:
    return ApiError(404, 10013, "Unknown User")


def unknown_emoji() -> ApiError:
    return ApiError(400, 10014, "Unknown Emoji")


def unknown_webhook() -> ApiError:
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    """The three seconds are over, or the interaction never was."""
    return ApiError(404, 10062, "Unknown interaction")


def unknown_command() -> ApiError:
    return ApiError(404, 10063, "Unknown application command")


def unknown_scheduled_event() -> ApiError:
    return ApiError(404, 10070, "Unknown Guild Scheduled Event")


# 30xxx: a fixed number is reached


def max_pins(limit: int = 50) -> ApiError:
    return ApiError(400, 30003, f"Maximum number of pins reached ({limit})")


def max_roles(limit: int = 250) -> ApiError:
    return ApiError(400, 30005, f"Maximum number of server roles reached ({limit})")


def max_reactions(limit: int = 20) -> ApiError:
    return ApiError(400, 30010, f"Maximum number of reactions reached ({limit})")


def max_channels(limit: int = 500) -> ApiError:
    return ApiError(400, 30013, f"Maximum number of server channels reached ({limit})")


def max_commands(limit: int = 100) -> ApiError:
    return ApiError(400, 30032, f"Maximum number of application commands reached ({limit}).")


def max_thread_participants(limit: int = 1000) -> ApiError:
    return ApiError(400, 30033, f"Maximum number of thread participants reached ({limit})")


def max_scheduled_events(limit: int = 100) -> ApiError:
    return ApiError(400, 30038, f"Maximum number of uncompleted server events reached ({limit})")


# 40xxx: not now, or not twice


def opening_dms_too_fast() -> ApiError:
    return ApiError(403, 40003, "You are opening direct messages too fast")


def too_large() -> ApiError:
    """The whole request, with its files, is bigger than Discord takes."""
    return ApiError(413, 40005, "Request entity too large")


def already_crossposted() -> ApiError:
    return ApiError(400, 40033, "This message has already been crossposted.")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def tag_required() -> ApiError:
    return ApiError(400, 40067, "A tag is required to create a forum post in this channel")


# 50xxx: may not, or cannot


def missing_access() -> ApiError:
    """The channel or guild is not visible to the bot."""
    return ApiError(403, 50001, "Missing Access")


def not_on_a_dm() -> ApiError:
    return ApiError(403, 50003, "Cannot execute action on a DM channel")


def not_author() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def cannot_dm() -> ApiError:
    """The person takes no direct messages from the bot, or the two share no server."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def not_a_text_channel() -> ApiError:
    return ApiError(400, 50008, "Cannot send messages in a non-text channel")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def wrong_channel_type() -> ApiError:
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def invalid_webhook_token() -> ApiError:
    """The interaction's fifteen minutes are over."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def invalid_form(errors: dict[str, Any]) -> ApiError:
    """400 50035 with the nested `errors`; see `limits` for who builds them."""
    return ApiError(400, 50035, "Invalid Form Body", errors)


def field_error(path: Iterable[str | int], code: str, message: str) -> ApiError:
    """The same for one wrong field: `field_error(["embeds", 0, "title"], "BASE_TYPE_MAX_LENGTH", "Must be ...")`."""
    node: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(list(path)):
        node = {str(part): node}
    return invalid_form(node)


def archived_thread() -> ApiError:
    return ApiError(400, 50083, "Thread is archived")


def invalid_json() -> ApiError:
    return ApiError(400, 50109, "The request body contains invalid JSON.")


# 160xxx and 180xxx: threads and events


def no_history_to_reply() -> ApiError:
    return ApiError(400, 160002, "Cannot reply without permission to read message history")


def thread_exists() -> ApiError:
    return ApiError(400, 160004, "A thread has already been created for this message")


def thread_locked() -> ApiError:
    return ApiError(400, 160005, "Thread is locked")


def max_active_threads() -> ApiError:
    return ApiError(400, 160006, "Maximum number of active threads reached")


def finished_event() -> ApiError:
    return ApiError(400, 180000, "Cannot update a finished event")
