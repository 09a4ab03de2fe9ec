"""The runner: ``python -m tests.benchmarks [names...] [--json] [--quick]``."""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    announcing,
    answering,
    asking,
    building,
    changing,
    checking,
    completing,
    handing_over,
    listing,
    lookups,
    memory,
    pending,
    recall,
    starting,
    throughput,
)
from tests.benchmarks.figures import Figure, Pace, Row

FIGURES: dict[str, Figure] = {
    "lookups": lookups.measure,
    "completing": completing.measure,
    "recall": recall.measure,
    "building": building.measure,
    "throughput": throughput.measure,
    "starting": starting.measure,
    "memory": memory.measure,
    "checking": checking.measure,
    "pending": pending.measure,
    "handing-over": handing_over.measure,
    "changing": changing.measure,
    "announcing": announcing.measure,
    "answering": answering.measure,
    "listing": listing.measure,
    "asking": asking.measure,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description="Usher's figures and their goals.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"Only these: {', '.join(FIGURES)}.")
    parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")
    parser.add_argument("--quick", action="store_true", help="A tenth of the rounds: only shows that it runs.")
    wanted = parser.parse_args(arguments)
    unknown = set(wanted.names) - FIGURES.keys()
    if unknown:
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; there are: {', '.join(FIGURES)}")
    names = [name for name in FIGURES if not wanted.names or name in wanted.names]
    rows = asyncio.run(_measured(names, Pace(wanted.quick)))
    if wanted.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n")
    else:
        Console(width=None if sys.stdout.isatty() else 140).print(_table(rows))
    return 1 if any(row.ok is False for row in rows) else 0


async def _measured(names: list[str], pace: Pace) -> list[Row]:
    rows: list[Row] = []
    progress = Console(stderr=True)
    for name in names:
        began = time.perf_counter()
        rows += await FIGURES[name](pace)
        progress.print(f"{name}: {time.perf_counter() - began:.0f} s")
    return rows


def _table(rows: list[Row]) -> Table:
    table = Table("Figure", "Event", "Goal", "Measured", "Met")
    for row in rows:
        table.add_row(row.figure, row.event, row.goal, row.measured, {None: "-", True: "yes", False: "NO"}[row.ok])
    return table


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
