"""A file that stands in an event folder and could not be read."""


class UnreadFile(bytes):
    """In the place of the file's bytes. ``why`` completes a sentence, ``fix`` says what to do.

    As bytes it is like no file that can be read, so that a digest of the folder differs, too.
    """

    why: str
    fix: str

    def __new__(cls, why: str, fix: str) -> "UnreadFile":
        made = super().__new__(cls, b"\0unread: " + why.encode())
        made.why, made.fix = why, fix
        return made
