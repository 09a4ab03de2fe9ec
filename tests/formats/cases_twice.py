"""One mistake per rule: what stands twice, or where several things stand as one."""

from tests.formats.case import Case, Told

CASES = (
    Case(
        "talks that overlap",
        "sessions.yaml",
        "    kinds: tutorial\n",
        "    kinds: tutorial\n    talks:\n      - {id: late, start: 10:50}\n"
        "      - {id: early, start: 10:30, end: 11:00}\n",
        Told("warning", "talks-overlap", "sessions.yaml", 34, "late", "start"),
        "Write a start from 11:00 on, or an earlier end of early.",
    ),
    Case(
        "author twice",
        "posters.csv",
        "Maya Lindqvist; Jonas Berg",
        "Maya Lindqvist; Jonas Berg; Maya Lindqvist",
        Told("warning", "author-twice", "posters.csv", 2, "p1", "authors"),
        "Write it once, or write the other person's name.",
    ),
    Case(
        "tag twice",
        "topics.yaml",
        "    short: Diffusion",
        "    short: currents",
        Told("warning", "tag-twice", "topics.yaml", 7, "diffusion", "short"),
        "Give one of the two another name in short.",
    ),
    Case(
        "name of a topic twice",
        "topics.yaml",
        "    name: Diffusion of Heat and Salt\n    short: Diffusion",
        "    name: Currents",
        Told("warning", "tag-twice", "topics.yaml", 6, "diffusion", "name"),
        "Give one of the two another name in short.",
    ),
    Case(
        "chairs as one text",
        "sessions.yaml",
        "chairs: [Ines Aldana]",
        "chairs: Ines Aldana, Bob Roe and Eve Poe",
        Told("warning", "several-names", "sessions.yaml", 16, "invited", "chairs"),
        "If they are several, write them as a list: chairs: [Ines Aldana, Bob Roe, Eve Poe].",
    ),
    Case(
        "presenters as one text",
        "sessions.yaml",
        "        speakers: [maya]",
        "        speakers: [maya]\n        presenters: Ann Lee & Bob Roe",
        Told("warning", "several-names", "sessions.yaml", 21, "tides", "presenters"),
        "If they are several, write them as a list: presenters: [Ann Lee, Bob Roe].",
    ),
)
