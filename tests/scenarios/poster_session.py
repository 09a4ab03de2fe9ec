"""A poster session as people live through it: a seeded crowd that asks, votes, answers and makes mistakes."""

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.sandbox import ApiError, CannotUseError, Person, Reply, Sandbox
from bot.sandbox.state import Channel

ATTENDEES, AUTHORS, POSTERS = 60, 12, 12
#: What is asked, about something of the poster each time, so that hardly two are alike.
_QUESTIONS = (
    "Why does {} fail at low noise?",
    "How long does it take to train {}?",
    "Which data did you use for {}?",
    "Is there code for {}?",
    "Does {} hold in higher dimensions?",
    "What happens to {} without guidance?",
    "How does {} compare with flow matching?",
)
_THINGS = ("the sampler", "your bound", "the encoder", "Theorem 2", "the baseline", "Figure 3", "the ablation")
#: What people send by mistake: nothing of it becomes a question.
MISTAKES = ("🎉🎉🎉", "<@123456789012345678>", "why " * 1000, "https://a.example https://b.example https://c.example")


_QUESTION = re.compile(r"[❓✅] \*\*Question (\d+):\*\*")
_ANSWER = re.compile(r"💬 \*\*Answer to question (\d+)\*\*")


@dataclass
class Told:
    """What people were told, which must be true in the end. ``asked``: number -> the poster's id and the text."""

    asked: dict[int, tuple[str, str]] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    votes: dict[int, set[str]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    kept: int = 0
    unheard: int = 0


class Crowd:
    """``posters`` are the ids of those that people are at, ``names`` whoever asks."""

    def __init__(self, sandbox: Sandbox, posters: list[str], names: list[str]) -> None:
        self.sandbox = sandbox
        self.told = Told()
        self.posters = posters
        self._names = names
        self._authors: dict[str, str] = {}
        self._random = Random(2025)
        self._page = 0

    def take(self, authors: dict[str, str]) -> None:
        """Poster id -> who answers for it."""
        self._authors = authors

    async def act(self) -> None:
        """Somebody does something. Where the bot is away, Discord tells them that it failed, and they leave it."""
        name = self._random.choice(self._names)
        doing = self._random.choices(
            (self._ask, self._vote, self._answer, self._withdraw, self._err), weights=(8, 10, 4, 1, 2)
        )[0]
        try:
            await doing(name)
        except (CannotUseError, ApiError):
            self.told.unheard += 1

    async def _ask(self, name: str) -> None:
        poster = self._random.choice(self.posters)
        text = self._random.choice(_QUESTIONS).format(self._random.choice(_THINGS))
        done = await self._filled_in(name, poster, text, self._random.choice(("named", "anonymous")))
        if done is None:
            return
        if "Was this asked already?" in str(done.message) and done.message is not None:
            # Half of them upvote what is there, the others insist.
            label = self._random.choice(("Upvote", "Ask mine"))
            full = next(one for one in _labels(done.message) if one.startswith(label))
            pressed = await self._heard(await self.person(name).press(done.message, full))
            if pressed is None:
                return
            if label == "Upvote":
                self.told.votes.setdefault(int(full.split()[-1]), set()).add(name)
                return
            done = pressed
        if (number := _number(done)) is not None:
            self.told.asked[number] = (poster, text)
        elif "Not asked yet" in str(done.message):
            self.told.kept += 1

    async def _vote(self, name: str) -> None:
        message = self._some_question()
        if message is None:
            return
        done = await self._heard(await self.person(name).press(message, _labels(message)[0]))
        said = done.message["content"] if done is not None and done.message is not None else ""
        if said.startswith("You upvoted: question "):
            number = int(said.removeprefix("You upvoted: question ").split(".")[0])
            self.told.votes.setdefault(number, set()).add(name)

    async def _answer(self, _: str) -> None:
        message = self._some_question()
        if message is None:
            return
        channel = self.sandbox.world.channels[int(message["channel_id"])]
        name = self._authors.get(self._poster_of(channel), "")
        if not name:
            return
        opened = await self._heard(await self.person(name).press(message, "Answer"))
        if opened is None or opened.modal is None:
            return
        # The same words twice from one author are one answer.
        self._page += 1
        text = f"It does, see page {self._page} of the appendix."
        done = await self._heard(await self.person(name).submit(opened.modal, {"text": text}))
        said = done.message["content"] if done is not None and done.message is not None else ""
        if said.startswith("Your answer to question "):
            self.told.answers[int(said.removeprefix("Your answer to question ").split()[0])] += 1

    async def _withdraw(self, name: str) -> None:
        listed = await self._heard(await self.person(name).command("/questions mine"))
        if listed is None or listed.message is None:
            return
        options = [one for row in listed.message["components"] for one in _options(row)]
        open_ones = [
            one for one in options if one["label"].split(":")[0].isdecimal() and "no answer" in one["description"]
        ]
        if not open_ones:
            return
        chosen = self._random.choice(open_ones)
        shown = await self._heard(await self.person(name).choose(listed.message, "Open a question", chosen["value"]))
        if shown is None or shown.message is None or "Withdraw" not in _labels(shown.message):
            return
        if await self._heard(await self.person(name).press(shown.message, "Withdraw")) is not None:
            self.told.withdrawn.add(int(chosen["label"].split(":")[0]))

    async def _err(self, name: str) -> None:
        poster = self._random.choice(self.posters)
        done = await self._filled_in(name, poster, self._random.choice(MISTAKES), "named")
        if done is not None and "Not asked yet" in str(done.message):
            self.told.kept += 1

    async def sent(self, form: dict[str, Any], name: str, text: str, poster: str) -> None:
        """Somebody sends a form that was opened before."""
        done = await self._heard(await self.person(name).submit(form, {"text": text}))
        number = _number(done) if done is not None else None
        assert number is not None
        self.told.asked[number] = (poster, text)

    def shown(self) -> dict[int, tuple[int, int]]:
        """Number of a question -> the votes that its message shows, and how many messages it has."""
        found: dict[int, tuple[int, int]] = {}
        for message in self._messages():
            if (match := _QUESTION.match(message["content"])) is not None:
                votes = int(_labels(message)[0].rpartition(" ")[2])
                found[int(match[1])] = votes, found.get(int(match[1]), (0, 0))[1] + 1
        return found

    def answers_shown(self) -> Counter[int]:
        """Number of a question -> how many answers to it stand in its thread."""
        matches = (_ANSWER.match(message["content"]) for message in self._messages())
        return Counter(int(match[1]) for match in matches if match is not None)

    def _messages(self) -> list[dict[str, Any]]:
        return [
            message.data for channel in self.posts() for message in channel.messages.values() if not message.ephemeral
        ]

    async def _filled_in(self, name: str, poster: str, text: str, who: str) -> Reply | None:
        opened = await self._heard(await self.person(name).command(f"/ask poster title: {poster}"))
        if opened is None or opened.modal is None:
            return None
        return await self._heard(await self.person(name).submit(opened.modal, {"text": text, "who": who}))

    async def _heard(self, reply: Reply) -> Reply | None:
        """None where the bot did not answer: the person was told nothing, or that it failed."""
        if reply.kind == "failed":
            self.told.unheard += 1
            return None
        return reply

    def person(self, name: str) -> Person:
        return self.sandbox.person(name)

    def posts(self) -> list[Channel]:
        return [one for one in self.sandbox.world.channels.values() if one.thread]

    def _poster_of(self, channel: Channel) -> str:
        """The id of the poster that a thread is of, as its first message's buttons say."""
        first = next(iter(channel.messages.values()))
        custom_id: str = first.data["components"][0]["components"][0]["custom_id"]
        return custom_id.rpartition("|")[2]

    def _some_question(self) -> dict[str, Any] | None:
        shown = [
            message
            for channel in self.posts()
            for message in self.person(self._names[0]).sees(channel.id)
            if any(label.startswith("Upvote") for label in _labels(message)) and not message["flags"] & 64
        ]
        return self._random.choice(shown) if shown else None


def _labels(message: dict[str, Any]) -> list[str]:
    return [one["label"] for row in message["components"] for one in row.get("components", ()) if "label" in one]


def _options(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for one in row.get("components", ()) for option in one.get("options", ())]


def _number(reply: Reply) -> int | None:
    """The number under which a question was recorded."""
    text = str(reply.message)
    _, found, rest = text.partition("## Question ")
    number, recorded, _ = rest.partition(" is recorded")
    return int(number) if found and recorded and number.isdecimal() else None
