"""Program <-> the JSON that is stored. Bump FORMAT when the values in ``domain`` change shape.

msgspec reads the values' own type hints and decodes a large event in 0.04 s; it is read at every start.
"""

import msgspec

from bot.domain.program import Program

#: Part of every fingerprint: programmes stored by an older release are read anew from their folder.
FORMAT = 3

_DECODER = msgspec.json.Decoder(Program)


def encode(program: Program) -> str:
    return msgspec.json.encode(program).decode()


def decode(content: str | bytes) -> Program:
    return _DECODER.decode(content)
