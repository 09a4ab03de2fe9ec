"""A digest of an event folder, to know at a start that nothing changed without reading it."""

import hashlib
from collections.abc import Mapping

#: To be raised when the same bytes come to mean another Program.
FORMAT_VERSION = 3
#: What an event is read from; a database beside it changes all the time.
_READ = (".yaml", ".yml", ".csv")


def fingerprint(files: Mapping[str, bytes]) -> str:
    """A digest of the event's files, names and bytes: the same for the same event, and for no other."""
    digest = hashlib.sha256(f"usher {FORMAT_VERSION}".encode())
    for name in sorted(name for name in files if name.endswith(_READ)):
        for part in (name.encode("utf-8", "surrogatepass"), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
