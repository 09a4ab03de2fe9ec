"""Quiet hours: the part of the venue's night in which nothing is sent that could as well have come in the evening."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminders.policy import Policy

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def at_wall(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the clock in ``zone`` shows ``wall`` on ``day``.

    For times that a policy names for every day. One that is skipped that day is as much later as the clock is moved,
    one that is repeated is its first: unlike a session's start, neither is worth refusing an event for.
    """
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def allowed(policy: Policy, zone: ZoneInfo, due: datetime, subject: datetime) -> datetime:
    """When to send what is due at ``due`` and tells of something at ``subject``. All in UTC; never after ``due``.

    In quiet hours, and far enough ahead, that is the last minute before they begin; else ``due`` itself.
    """
    if subject - due < policy.quiet_ahead or not is_quiet(policy, due.astimezone(zone)):
        return due
    moment = min(due, _begin(policy, due.astimezone(zone)) - _MINUTE)
    # Only where the clock is moved just when quiet hours begin is this still inside them, by an hour at most.
    while is_quiet(policy, moment.astimezone(zone)):
        moment -= _MINUTE
    return moment


def is_quiet(policy: Policy, local: datetime) -> bool:
    """Whether it is the venue's night, as ``policy`` has it, at a ``local`` time there."""
    wall, start, end = local.time(), policy.quiet_from, policy.quiet_until
    return start <= wall < end if start <= end else wall >= start or wall < end


def _begin(policy: Policy, local: datetime) -> datetime:
    """When the quiet hours that ``local`` lies in began. Past midnight, that was the evening before."""
    day = local.date() if local.time() >= policy.quiet_from else local.date() - _DAY
    begin = datetime.combine(day, policy.quiet_from, tzinfo=local.tzinfo)
    # The later reading of a skipped or repeated time: what lies between the two is allowed.
    return max(begin.astimezone(UTC), begin.replace(fold=1).astimezone(UTC))
