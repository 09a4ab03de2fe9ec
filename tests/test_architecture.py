"""The rooms of the house and the directions in which they may know each other."""

import ast
import sys
from collections.abc import Callable, Collection
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

BOT = Path(__file__).parent.parent / "bot"

#: Room -> the rooms it may import from (its own is always allowed).
ALLOWED = {
    "domain": set(),
    "formats": {"domain"},
    "storage": {"domain"},
    "actions": {"domain", "formats", "storage"},
    "delivery": {"domain", "storage"},
    # Of delivery only the words in which its sender answers, see ``outcome``.
    "chat": {"domain", "formats", "storage", "actions", "delivery"},
    "sandbox": set(),
    "folders": {"domain"},
    "config": {"domain"},
}

#: Room or file -> the libraries it may import beyond Python's own. What is not named may import none.
LIBRARIES = {
    "domain/posters/similar.py": {"rapidfuzz"},
    "domain/did_you_mean.py": {"rapidfuzz"},
    "formats": {"pydantic", "pydantic_core", "rapidfuzz", "ruamel"},
    "formats/ics.py": {"icalendar"},
    "storage": {"msgspec", "sqlite_utils"},
    "delivery": {"apscheduler"},
    "chat": {"aiohttp", "discord", "yarl"},
    "sandbox": {"aiohttp"},
    "config": {"dotenv"},
    "cli": {"typer"},
}

#: The values of all rooms are structs, but for the sandbox, which is a server of its own.
VALUES = {"msgspec.Struct", "msgspec.field", "msgspec.structs.asdict", "msgspec.structs.replace"}

#: Part of a library, or of Python's own -> the rooms that may import it.
KEPT_IN = {
    "sqlite3": {"storage"},
    "aiohttp.web": {"sandbox"},
}

#: Rooms of values and rules alone: nothing waits there, and nothing is read or written.
PURE = {"domain", "formats"}
#: The starter's files are data of the package itself, which are nowhere else to be had.
READS_PACKAGE_DATA = {"formats/starter/__init__.py"}
_FILE_MODULES = {"fileinput", "glob", "importlib.resources", "os", "shutil", "socket", "subprocess", "tempfile"}
_FILE_CALLS = {
    *("exists", "glob", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text", "rename"),
    *("resolve", "rglob", "rmdir", "stat", "touch", "unlink", "write_bytes", "write_text"),
}

#: One file reads the machine's clock for the bot; the sandbox is a server of its own, whose rate limits are real.
CLOCK_READERS = {"clock", "sandbox"}


def modules() -> list[Path]:
    found = sorted(BOT.rglob("*.py"))
    assert found
    return found


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def file_of(path: Path) -> str:
    return path.relative_to(BOT).as_posix()


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> set[str]:
    """Every module or name a file imports, with its whole dotted name."""
    tree = parsed(path)
    package = path.relative_to(BOT.parent).parent.parts
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *((node.module,) if node.module else ())))
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


@cache
def calls_of(path: Path) -> frozenset[str]:
    """What a file calls, as it is written there."""
    return frozenset(ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def strays(look: Callable[[Path], Collection[str]]) -> dict[str, Collection[str]]:
    """What ``look`` finds wrong, by file."""
    return {file_of(path): found for path in modules() if (found := look(path))}


def test_imports_run_one_way() -> None:
    def not_allowed(path: Path) -> set[str]:
        room = room_of(path)
        used = {name.split(".")[1] for name in imports_of(path) if name.startswith("bot.")}
        return used - {room} - ALLOWED.get(room, used)

    assert strays(not_allowed) == {}


def test_rendering_knows_nothing_of_the_rooms_that_use_it() -> None:
    """Of chat it knows itself and what a question is: its texts are as good for a notice as for an answer."""
    below = {"render", "lookup"}
    used = {
        name
        for path in (BOT / "chat" / "render").rglob("*.py")
        for name in imports_of(path)
        if name.startswith("bot.chat.") and name.split(".")[2] not in below
    }
    assert used == set()


def test_libraries_stay_in_their_rooms() -> None:
    def kept_elsewhere(path: Path) -> set[str]:
        return {
            library
            for library, rooms in KEPT_IN.items()
            if room_of(path) not in rooms and any(is_within(name, library) for name in imports_of(path))
        }

    assert strays(kept_elsewhere) == {}


def test_libraries_are_those_a_room_is_allowed() -> None:
    def not_allowed(path: Path) -> set[str]:
        allowed = LIBRARIES.get(room_of(path), set()) | LIBRARIES.get(file_of(path), set())
        used = imports_of(path) - (VALUES if room_of(path) != "sandbox" else set())
        return {name.split(".")[0] for name in used} - sys.stdlib_module_names - {"bot"} - allowed

    assert strays(not_allowed) == {}


def test_what_is_replaced_in_a_value_is_one_of_its_fields() -> None:
    """Type checkers look into ``dataclasses.replace`` and not into that of structs."""
    fields = {
        node.target.id
        for path in modules()
        for value in ast.walk(parsed(path))
        if isinstance(value, ast.ClassDef)
        for node in value.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }

    def unknown(path: Path) -> set[str]:
        return {
            keyword.arg
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "replace"
            for keyword in node.keywords
            if keyword.arg and keyword.arg not in fields
        }

    assert strays(unknown) == {}


def waits(path: Path) -> list[str]:
    asynchronous = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    return [
        ast.unparse(node)
        for node in ast.walk(parsed(path))
        if isinstance(node, asynchronous) or (isinstance(node, ast.comprehension) and node.is_async)
    ]


def test_pure_rooms_wait_for_nothing() -> None:
    assert strays(lambda path: waits(path) if room_of(path) in PURE else []) == {}


def file_access(path: Path) -> set[str]:
    """Modules and calls that only files have. A pattern's ``match`` or a text's ``replace`` are none."""
    modules = {one for one in _FILE_MODULES if any(is_within(name, one) for name in imports_of(path))}
    return modules | {call for call in calls_of(path) if call.rpartition(".")[2] in _FILE_CALLS}


def test_pure_rooms_touch_no_file() -> None:
    def touched(path: Path) -> set[str]:
        return file_access(path) if room_of(path) in PURE and file_of(path) not in READS_PACKAGE_DATA else set()

    assert strays(touched) == {}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(BOT.parent).with_suffix("").parts).removesuffix(".__init__")


def test_no_module_imports_itself_by_a_detour() -> None:
    """Not even for types alone: what two modules need of each other belongs in a third."""
    by_name = {dotted(path): path for path in modules()}
    graph = {
        name: {one if one in by_name else one.rpartition(".")[0] for one in imports_of(path)} & by_name.keys() - {name}
        for name, path in by_name.items()
    }
    # Raises CycleError, which names the modules.
    assert set(TopologicalSorter(graph).static_order()) == set(by_name)


def test_only_the_storage_asks_the_tables() -> None:
    def asked(path: Path) -> Collection[str]:
        asking = {call for call in calls_of(path) if call.rpartition(".")[2] in ("execute", "executemany", "query")}
        return set() if room_of(path) == "storage" else asking

    assert strays(asked) == {}


def test_only_the_root_reads_the_clock() -> None:
    def read(path: Path) -> Collection[str]:
        reading = calls_of(path) & {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
        return set() if room_of(path) in CLOCK_READERS else reading

    assert strays(read) == {}


def test_only_the_roots_know_the_sandbox() -> None:
    knowing = {
        room_of(path)
        for path in modules()
        if any(name.split(".")[:2] == ["bot", "sandbox"] for name in imports_of(path))
    }
    assert knowing == {"sandbox", "sandbox_app", "sandbox_try"}


def test_top_level_holds_nothing_else() -> None:
    root = BOT.parent
    allowed = {
        "pyproject.toml",
        "bot",
        "data",
        "tests",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "requirements.lock",
        "docs",
    }
    found = {path.name for path in root.iterdir() if not path.name.startswith(".")}
    assert found - {"build", "dist"} - {path.name for path in root.glob("*.db*")} <= allowed
