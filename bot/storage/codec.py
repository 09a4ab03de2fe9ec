"""Program <-> the JSON that is stored. Bump FORMAT when the values in ``domain`` change shape."""

from pydantic import TypeAdapter

from bot.domain.program import Program

#: Part of every fingerprint: programmes stored by an older release are read anew from their folder.
FORMAT = 1

_ADAPTER: TypeAdapter[Program] = TypeAdapter(Program)


def encode(program: Program) -> str:
    return _ADAPTER.dump_json(program).decode()


def decode(content: str) -> Program:
    return _ADAPTER.validate_json(content)
