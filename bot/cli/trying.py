"""``usher sandbox`` and ``usher try``: the bot without Discord and without a token."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.errors import UsherError
from bot.logs import log_to_stderr

EventOption = Annotated[
    str, typer.Option("--event", help="An event folder, or the name of an event that ships with Usher.")
]
AtOption = Annotated[
    str | None, typer.Option("--at", help="Start the clock at this ISO time (venue time if no zone is given).")
]


def sandbox(
    event: EventOption = "delta-2025",
    at: AtOption = None,
    port: Annotated[int | None, typer.Option(help="The page's port, 1 to 65535. Default: 8787, or a free one.")] = None,
    speed: Annotated[float, typer.Option(help="Seconds that pass in a real second; the page can change it.")] = 1.0,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open the page in a browser.")] = False,
    message_content: Annotated[
        bool, typer.Option("--message-content", help="Switch on the bot's privileged intent to read messages.")
    ] = False,
    database: Annotated[
        Path | None,
        typer.Option(
            help="Keep the bot's own tables in this file. Channels and messages are forgotten at the end, "
            "and without this option the tables are, too."
        ),
    ] = None,
) -> None:
    """Try the bot in the browser: a Discord-compatible server on this machine, and the real bot on it. No token."""
    from bot import sandbox_app

    log_to_stderr(logging.WARNING)

    def opened(address: str) -> None:
        typer.echo(f"Usher's sandbox: {address}\nStop it with Ctrl+C.")
        if not headless:
            import webbrowser

            webbrowser.open(address)

    serving = sandbox_app.serve(
        event,
        at=at,
        port=port,
        database=database,
        speed=speed,
        message_content=message_content,
        opened=opened,
    )
    asyncio.run(serving)


def try_(
    commands: Annotated[
        list[str],
        typer.Argument(
            help='Slash commands, and times to let pass: "/now" "+15m" "/now", or 11:05, or an ISO time. '
            "After a time stands what the bot posted meanwhile. - reads lines from standard input."
        ),
    ],
    person: Annotated[
        str, typer.Option("--as", help="Who types: attendee, author, speaker or organizer.")
    ] = "attendee",
    event: EventOption = "delta-2025",
    at: AtOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the messages as the server stored them.")] = False,
) -> None:
    """Type slash commands, let time pass, and see what comes back, in the terminal."""
    from bot import sandbox_try

    log_to_stderr(logging.ERROR)
    lines = [line for text in commands for line in (sys.stdin.read().splitlines() if text == "-" else [text])]
    typed = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not typed:
        raise UsherError('There is nothing to type. Write a command or a time, such as: usher try "/now" "+15m"')
    outcomes = asyncio.run(sandbox_try.try_lines(typed, person=person, event=event, at=at))
    if as_json:
        typer.echo(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join(outcome.as_text() for outcome in outcomes))
    raise typer.Exit(1 if any(outcome.error for outcome in outcomes) else 0)
