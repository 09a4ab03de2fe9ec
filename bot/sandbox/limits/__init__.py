"""What Discord refuses because of what a request holds: each check raises ApiError (400, mostly 50035) or returns None.

Some rules stand only in Discord's pages, or nowhere but in its answers; its OpenAPI description knows fewer.
"""

from .commands import check_choices, check_command, check_commands
from .events import check_scheduled_event
from .messages import check_files, check_flags, check_message
from .modals import check_modal
from .places import check_applied_tags, check_channel, check_forum_post, check_role, check_thread

__all__ = [
    "check_applied_tags",
    "check_channel",
    "check_choices",
    "check_command",
    "check_commands",
    "check_files",
    "check_flags",
    "check_forum_post",
    "check_message",
    "check_modal",
    "check_role",
    "check_scheduled_event",
    "check_thread",
]
