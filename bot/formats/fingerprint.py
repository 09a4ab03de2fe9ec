"""A digest of an event folder, to know at a start that nothing changed without reading it."""

import hashlib
from collections.abc import Mapping

#: To be raised when the same bytes come to mean another Program.
FORMAT_VERSION = 3


def fingerprint(files: Mapping[str, bytes]) -> str:
    """A digest of the files' names and bytes: the same for the same event, and for no other."""
    digest = hashlib.sha256(f"usher {FORMAT_VERSION}".encode())
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogatepass"), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
