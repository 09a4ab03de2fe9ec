"""What every record of an event folder has in common."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

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

    @classmethod
    def stand_ins(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """What takes the place of a field that is missing or refused, so that the rest of the record is still checked.

        ``written`` is the record as it stands in the file. An event with a stand-in in it is never loaded.
        """
        return {}


class LinkRecord(Record):
    label: Line
    url: Url
