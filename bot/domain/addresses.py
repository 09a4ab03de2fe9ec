"""What counts as a web address, wherever one is typed."""

import re
from urllib.parse import urlsplit

#: A longer one is not shown as a link: it would take the message's room for text (4,000 characters at Discord).
ADDRESS_MOST = 1000

#: Nearly every address, at a glance; the others are taken apart.
_ASCII = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,4})?(?:[/?#][^\s<>\"'`\\|{}^]*)?$")
_ANY = re.compile(r"""^https?://[^\s<>"'`\\|{}^\[\]@/?#]+\.?[^\s<>"`\\|{}^]*$""")


def is_address(text: str) -> bool:
    """Whether ``text`` is a web address, http or https, without a user name or password before its host."""
    return bool(_ASCII.match(text) or (_ANY.match(text) and _has_host(text)))


def _has_host(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False
