"""The ``usher`` command. Parses, calls one function, prints; the work is done elsewhere."""

import asyncio
import gc
import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import trying
from bot.clock import SystemClock
from bot.domain.errors import UsherError
from bot.logs import log_to_stderr

app = typer.Typer(
    name="usher",
    help="A Discord bot for academic workshops and conferences.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

exporting = typer.Typer(help="Take along what was collected.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(exporting, name="export")


def main() -> None:
    """Entry point: a fault that a person can mend is one clear text on standard error, and exit 1."""
    try:
        if sys.argv[1:] == ["run"]:
            # As services start it: nothing is left to parse. Typer would load pydantic to do so, a fifth of a start.
            run()
        else:
            app()
    except UsherError as error:
        print(f"usher: {error}", file=sys.stderr)  # noqa: T201  # the command line's own output
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _say(text: str) -> None:
    typer.echo(text)


@app.command()
def run(
    clock: Annotated[
        str | None,
        typer.Option(
            help="Rehearse: begin at this ISO time (venue time), with x60 behind it for 60 seconds in a second. "
            "Only with USHER_DISCORD_API on this machine; the tables are kept in a file of its own."
        ),
    ] = None,
) -> None:
    """Connect to Discord. Settings: DISCORD_TOKEN, USHER_DATABASE, USHER_EVENT, USHER_GUILD, USHER_DISCORD_API."""
    # Starting makes objects that stay: looking for garbage among them costs a tenth of the start. On again in app.
    gc.disable()
    from bot import app as root
    from bot import config

    log_to_stderr(logging.INFO)
    asyncio.run(root.run(config.load(Path.cwd()), rehearsal=clock))


app.command()(trying.sandbox)
app.command(name="try")(trying.try_)


@app.command()
def check(
    folder: Annotated[str, typer.Argument(help="The event folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")] = False,
) -> None:
    """Read an event folder and report every problem at once. Exit: 0 clean or warnings, 1 errors, 2 unreadable."""
    # What is read is needed to the end: to look for garbage in it again and again takes a third of the time.
    gc.disable()
    from bot.checking import checked
    from bot.folders import FolderError

    try:
        said, code = checked(folder, as_json=as_json, now=SystemClock().now())
    except FolderError as error:
        typer.echo(f"usher: {error}", err=True)
        raise typer.Exit(2) from None
    _say(said)
    raise typer.Exit(code)


@app.command()
def rehearse(
    folder: Annotated[str, typer.Argument(help="The event folder, or the name of an event that ships with Usher.")],
    start: Annotated[str | None, typer.Option("--from", help="Only from this ISO time on (venue time).")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Only until this ISO time (venue time).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array on standard output.")] = False,
) -> None:
    """Show everything the bot will say by itself, in order, then what you may want to change."""
    from bot.rehearsing import rehearsed

    _say(rehearsed(folder, start=start, end=end, now=SystemClock().now()).told(as_json=as_json))


@app.command()
def publish(
    folder: Annotated[str, typer.Argument(help="The event folder.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    quietly: Annotated[bool, typer.Option("--quietly", help="Tell nobody; what was posted is still edited.")] = False,
    files_win: Annotated[
        bool, typer.Option("--files-win", help="Give up live changes that the files contradict, in every server.")
    ] = False,
) -> None:
    """Check an event folder, show what would change, and publish it. A running bot follows within two seconds."""
    from bot import config, publishing
    from bot.storage.programme.programmes import Manner

    database, manner = config.load(Path.cwd()).database, Manner(files_win, quietly)
    found = publishing.draft(folder, database, now=SystemClock().now(), manner=manner)
    _say(found.text)
    if not found.changes_something or not (yes or typer.confirm("Publish?")):
        _say("Nothing was published.")
        raise typer.Exit(1 if found.changes_something else 0)
    asyncio.run(publishing.publish(found, database, at=SystemClock().now(), manner=manner))
    _say("Published. A running bot follows within two seconds, one that is down at its next start.")


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it must not exist, or be empty.")],
    name: Annotated[str, typer.Option(help="The event's name.")] = "Our Workshop",
) -> None:
    """Write a commented starter event that passes the check."""
    from bot.folders import write_files
    from bot.formats.starter import starter

    write_files(folder, starter(name, today=SystemClock().now().date()))
    _say(f"Wrote a starter event to {folder}. Edit it, then: usher check {folder}")


@app.command()
def restore(
    database: Annotated[Path | None, typer.Argument(help="The SQLite file. Default: USHER_DATABASE.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also in place of a database that is sound.")] = False,
) -> None:
    """Put the daily backup in place of a damaged database. The damaged file is kept; no bot may be running on it."""
    from bot import config
    from bot.storage import restore as restoring

    path = database or config.load(Path.cwd()).database
    _say(restoring.restore(path, now=SystemClock().now(), force=force).summary)


@exporting.command()
def qa(
    folder: Annotated[
        str | None,
        typer.Argument(help="The event's folder or name, where the server chose no event. Default: USHER_EVENT."),
    ] = None,
    database: Annotated[Path | None, typer.Option(help="The bot's SQLite file. Default: USHER_DATABASE.")] = None,
    form: Annotated[
        str, typer.Option("--format", help="md to read, csv for a spreadsheet, json for a program.")
    ] = "md",
    to: Annotated[Path | None, typer.Option(help="Write it to this file. Default: standard output.")] = None,
    guild: Annotated[int | None, typer.Option(help="The server's id, where the bot serves several.")] = None,
) -> None:
    """Questions and answers about posters, without names. Reads beside a running bot, and changes nothing."""
    from bot import config
    from bot import exporting as root

    known, now = config.load(Path.cwd()), SystemClock().now()
    said = root.export_qa(folder or known.event, database or known.database, form, to=to, guild=guild, now=now)
    typer.echo(said, nl=False)


@app.callback(invoke_without_command=False)
def _usher(
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=lambda on: _version(on))] = False,
) -> None:
    pass


def _version(wanted: Any) -> None:
    if wanted:
        from importlib.metadata import version

        _say(f"usher {version('usher-bot')}")
        raise typer.Exit
