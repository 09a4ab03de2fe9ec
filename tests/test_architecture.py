"""The rooms of the house and the directions in which they may know each other."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

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
    "domain/search.py": {"rapidfuzz"},
    "formats": {"pydantic", "pydantic_core", "rapidfuzz", "ruamel"},
    "formats/ics.py": {"icalendar"},
    "storage": {"msgspec", "sqlite_utils"},
    "delivery": {"apscheduler"},
    "chat": {"aiohttp", "discord", "yarl"},
    "sandbox": {"aiohttp"},
    "config": {"dotenv"},
    "cli": {"typer"},
}

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
    return sorted(BOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


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


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_imports_run_one_way(path: Path) -> None:
    room = room_of(path)
    used = {name.split(".")[1] for name in imports_of(path) if name.startswith("bot.")}
    assert used - {room} <= ALLOWED.get(room, used)


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


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    names = imports_of(path)
    strays = {
        library
        for library, rooms in KEPT_IN.items()
        if room_of(path) not in rooms and any(name == library or name.startswith(library + ".") for name in names)
    }
    assert strays == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_libraries_are_those_a_room_is_allowed(path: Path) -> None:
    file = path.relative_to(BOT).as_posix()
    allowed = LIBRARIES.get(room_of(path), set()) | LIBRARIES.get(file, set())
    used = {name.split(".")[0] for name in imports_of(path)} - sys.stdlib_module_names - {"bot"}
    assert used - allowed == set()


def waits(tree: ast.AST) -> Iterator[str]:
    asynchronous = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    for node in ast.walk(tree):
        if isinstance(node, asynchronous) or (isinstance(node, ast.comprehension) and node.is_async):
            yield ast.unparse(node)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_pure_rooms_wait_for_nothing(path: Path) -> None:
    if room_of(path) in PURE:
        assert list(waits(parsed(path))) == []


def file_access(tree: ast.AST) -> set[str]:
    """Calls that only files have. A pattern's ``match`` or a text's ``replace`` are none."""
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {call for call in called if call.rpartition(".")[2] in _FILE_CALLS}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_pure_rooms_touch_no_file(path: Path) -> None:
    if room_of(path) in PURE and path.relative_to(BOT).as_posix() not in READS_PACKAGE_DATA:
        names = imports_of(path)
        outside = {one for one in _FILE_MODULES if any(name == one or name.startswith(one + ".") for name in names)}
        assert outside | file_access(parsed(path)) == set()


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


def calls_to_the_clock(tree: ast.AST) -> set[str]:
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
    }


def test_only_the_storage_asks_the_tables() -> None:
    asked = {
        f"{path.relative_to(BOT)}:{node.lineno}"
        for path in modules()
        if room_of(path) != "storage"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("execute", "executemany", "query")
    }
    assert asked == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_only_the_root_reads_the_clock(path: Path) -> None:
    if room_of(path) not in CLOCK_READERS:
        assert calls_to_the_clock(parsed(path)) == set()


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
