"""The rooms of the house and the directions in which they may know each other."""

import ast
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"

#: Room -> the rooms it may import from (its own is always allowed).
ALLOWED = {
    "domain": set(),
    "formats": {"domain"},
    "storage": {"domain"},
    "actions": {"domain", "formats", "storage"},
    "chat": {"domain", "formats", "storage", "actions"},
    "sandbox": set(),
    "folders": {"domain"},
    "config": {"domain"},
}

#: Library -> the rooms that may import it.
KEPT_IN = {
    "discord": {"chat"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "aiohttp.web": {"sandbox"},
    "ruamel": {"formats"},
    "typer": {"cli"},
}

#: One file reads the machine's clock for the bot; the sandbox is a server of its own, whose rate limits are real.
CLOCK_READERS = {"clock", "sandbox"}


def modules() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Every module or name a file imports, with its whole dotted name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    names = imports_of(path)
    strays = {
        library
        for library, rooms in KEPT_IN.items()
        if room_of(path) not in rooms and any(name == library or name.startswith(library + ".") for name in names)
    }
    assert strays == set()


def calls_to_the_clock(tree: ast.AST) -> set[str]:
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
    }


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BOT)))
def test_only_the_root_reads_the_clock(path: Path) -> None:
    if room_of(path) not in CLOCK_READERS:
        assert calls_to_the_clock(ast.parse(path.read_text())) == set()


def test_only_the_roots_know_the_sandbox() -> None:
    knowing = {
        room_of(path)
        for path in modules()
        if any(name.split(".")[:2] == ["bot", "sandbox"] for name in imports_of(path))
    }
    assert knowing == {"sandbox", "sandbox_app"}


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
