"""Errors whose text may be shown to a user as it is."""


class UsherError(Exception):
    """Something a person can act on: the text says what happened and what to do next.

    Anything else that is raised is our fault and is shown only as an incident id.
    """


class NotFoundError(UsherError):
    """A lookup named something that the programme does not hold."""


class NotAllowedError(UsherError):
    """The person has no right to do this."""
