"""What every record of an event folder has in common."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SkipValidation

from bot.formats.document import Path
from bot.formats.fields import Line, Url, as_records

_T = TypeVar("_T")
#: A list of records, possibly empty.
Listed = Annotated[tuple[_T, ...], BeforeValidator(as_records)]


class Record(BaseModel):
    """Anything that is a mapping in a file. ``at`` is where it stands: the alias is document.AT."""

    model_config = ConfigDict(extra="forbid")
    at: SkipValidation[Path] = Field(default=(), alias="@at")


class LinkRecord(Record):
    label: Line
    url: Url
