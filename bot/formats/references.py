"""Ids: each once, and each mention of one leads somewhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bot.formats.document import AT, Document, Located, Path
from bot.formats.fields import listed
from bot.formats.nearest import choose_from
from bot.formats.records import FILES

#: Where records with ids live: kind -> file and the keys that lead to the list.
_HOMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "room": ("event.yaml", ("rooms",)),
    "session": ("sessions.yaml", ("sessions",)),
    "talk": ("sessions.yaml", ("sessions", "talks")),
    "speaker": ("speakers.yaml", ("speakers",)),
    "organizer": ("organizers.yaml", ("organizers",)),
    "deadline": ("deadlines.yaml", ("deadlines",)),
    "topic": ("topics.yaml", ("topics",)),
    "format": ("submission.yaml", ("formats",)),
    "poster": ("posters.csv", ("posters",)),
}
#: Which field of which kind mentions what.
_MENTIONS = {
    "session": {"room": "room"},
    "talk": {"speakers": "speaker", "poster": "poster"},
    "poster": {"topics": "topic", "session": "session", "format": "format"},
}


class Register:
    """Every record that has an id, as written, whether or not the rest of it can be read."""

    def __init__(self, documents: Mapping[str, Document], unread: Collection[str]) -> None:
        self._documents = documents
        self._unread = unread
        self._written = {kind: list(_records(documents, *home)) for kind, home in _HOMES.items()}
        self._paths: dict[str, dict[str, Path]] = {kind: {} for kind in _HOMES}
        self.duplicates: list[Located] = []
        for kind, records in self._written.items():
            for path, record in records:
                self._enter(kind, path, record)

    def counts(self) -> dict[str, int]:
        """How many records of each kind are written."""
        return {f"{kind}s": len(records) for kind, records in self._written.items()}

    def written(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Every record of ``kind``, as it stands in its file."""
        return (record for _, record in self._written[kind])

    def place(self, kind: str, record: str | None) -> tuple[Document, Path] | None:
        """Where a record is written."""
        path = self._paths.get(kind, {}).get(record or "")
        return None if path is None else (self._documents[_HOMES[kind][0]], path)

    def is_unread(self, kind: str) -> bool:
        """Whether the records of ``kind`` may be there, only not where they are looked for."""
        file, keys = _HOMES[kind]
        if file in self._unread or file not in self._documents:
            return file in self._unread
        data = self._documents[file].data
        if not self._documents[file].ids_known:
            return True
        if not isinstance(data, Mapping):
            return data is not None
        known = FILES[file].model_fields
        return keys[0] not in data and any(key not in known and key != AT for key in data)

    def dangling(self) -> list[Located]:
        """A problem for each mention of an id that does not exist."""
        found = []
        for target in _HOMES:
            missed = [mention for mention in self._mentions(target) if mention[2] not in self._paths[target]]
            # A record whose id was forgotten, or given twice, is told as that. What mentions it would repeat it.
            nameless = len(self._written[target]) - len(self._paths[target])
            if len({name for _, _, name in missed}) > nameless:
                found += self._grouped(target, missed)
        return found

    def _grouped(self, target: str, missed: Sequence[tuple[str, Path, str]]) -> list[Located]:
        """One problem for each name that leads nowhere, at its first mention; one in all where there is no record."""
        groups: dict[str, list[tuple[str, Path, str]]] = {}
        for mention in missed:
            groups.setdefault(mention[2] if self._paths[target] else "", []).append(mention)
        return [self._dangling(target, *mentions[0], len(mentions) - 1) for mentions in groups.values()]

    def _mentions(self, target: str) -> Iterator[tuple[str, Path, str]]:
        """Kind, path and id of everything that mentions a record of the kind ``target``."""
        if self.is_unread(target):
            return
        for kind, fields in _MENTIONS.items():
            for field in (name for name, mentioned in fields.items() if mentioned == target):
                for path, record in self._written[kind]:
                    value = record.get(field)
                    if isinstance(value, str):
                        yield kind, (*path, field), value
                    elif isinstance(value, list):
                        yield from (
                            (kind, (*path, field, at), name) for at, name in enumerate(value) if isinstance(name, str)
                        )

    def _dangling(self, target: str, kind: str, path: Path, name: str, more: int) -> Located:
        file, known = _HOMES[target][0], self._paths[target]
        document = self._documents[_HOMES[kind][0]]
        field = next(step for step in reversed(path) if isinstance(step, str))
        fix = listed(name, known) if isinstance(document.value(path[:-1]), Mapping) else None
        if fix is None:
            fix = choose_from(name, known, file) if known else f"Add it to {file}, or leave {field} empty."
        below = f" … and {more} more {'mention' if more == 1 else 'mentions'} below." if more else ""
        message = f'"{name}" is not a {target}.{below}'
        if not known and more:
            message = f'"{name}" is not a {target}: none is written in {file}.{below}'
            fix = f"Add what is mentioned to {file}, or leave {field} empty."
        return document.error("dangling-reference", path, name, message, fix)

    def _enter(self, kind: str, path: Path, record: Mapping[str, Any]) -> None:
        name = record.get("id")
        if not isinstance(name, str):
            return
        document = self._documents[_HOMES[kind][0]]
        first = self._paths[kind].setdefault(name, path)
        if first is not path:
            message = f'the {kind} id "{name}" is used twice; the first is in line {document.line_of((*first, "id"))}.'
            fix = f"Give this {kind} another id, such as {name}-2, or remove it."
            self.duplicates.append(document.error("duplicate-id", (*path, "id"), name, message, fix))


def _records(
    documents: Mapping[str, Document], file: str, keys: tuple[str, ...]
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    document = documents.get(file)
    found: list[tuple[Path, Any]] = [((), document.data)] if document else []
    for key in keys:
        lists = [((*path, key), here.get(key)) for path, here in found if isinstance(here, Mapping)]
        found = [
            ((*path, at), item) for path, items in lists if isinstance(items, list) for at, item in enumerate(items)
        ]
    return ((path, item) for path, item in found if isinstance(item, Mapping))
