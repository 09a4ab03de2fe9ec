"""Folding text, so that what people type on a phone meets what an organizer wrote.

"schrodinger" finds "Schrödinger", "beta vae" finds "β-VAE", "pretraining" finds "Pre-training".
"""

import re
from collections.abc import Iterable
from itertools import chain
from unicodedata import normalize

#: Letters that Unicode does not take apart into a plain letter and a mark, and Greek symbols by the names
#: under which people search for them.
_SPELLED = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
        "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron",
        "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi",
        "ω": "omega",
    }
)  # fmt: skip
#: Unicode's blocks of combining marks, and the points of Hebrew, Arabic and Japanese.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
#: What joins the parts of a word that is also written in one piece.
_JOINERS = dict.fromkeys(map(ord, "'’‐‑-/."))
#: For plain ASCII, most of all text, one pass does the whole folding.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_ASCII_IN_ONE_PIECE: dict[int, str | None] = {**_ASCII, **{code: None for code in _JOINERS if code < 128}}


def fold(text: str) -> str:
    """Lower case, no accents, punctuation as single spaces: the form in which texts are compared.

    >>> fold("Schrödinger–Föllmer, revisited")
    'schrodinger follmer revisited'
    """
    return " ".join(_split(_bare(text)))


def compact(text: str) -> str:
    """``fold`` without any space: the form of codes, so that board "B-12" is also "b12" and "B 12"."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return "".join(_split(_bare(text)))


def joined(text: str) -> str:
    """``fold``, with hyphenated words in one piece: "Pre-training" is "pretraining"."""
    return " ".join(_split_in_one_piece(_bare(text)))


class Folder:
    """Folds many texts, each different word once: titles and names repeat their words. Kept while an index is built."""

    def __init__(self) -> None:
        self._forms = _Forms()

    def words(self, texts: Iterable[str]) -> set[str]:
        """The folded words of ``texts``, and each hyphenated one also in one piece: pre, training, pretraining."""
        return set(chain.from_iterable(map(self._forms.__getitem__, "\n".join(texts).split())))


class _Forms(dict[str, tuple[str, ...]]):
    """A word as written -> its folded forms, found out when first asked for."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if word.isascii() and word.isalnum():
            forms: tuple[str, ...] = (word.lower(),)
        else:
            bare = _bare(word)
            forms = tuple({*_split(bare), *_split_in_one_piece(bare)})
        self[word] = forms
        return forms


def _bare(text: str) -> str:
    """``text`` without marks and in lower case; ASCII is left to the tables."""
    if text.isascii():
        return text
    bare = _MARKS.sub("", normalize("NFKD", text).casefold())
    return bare if bare.isascii() else bare.translate(_SPELLED)


def _split(bare: str) -> list[str]:
    return bare.translate(_ASCII).split() if bare.isascii() else _BETWEEN_WORDS.sub(" ", bare).split()


def _split_in_one_piece(bare: str) -> list[str]:
    if bare.isascii():
        return bare.translate(_ASCII_IN_ONE_PIECE).split()
    return _BETWEEN_WORDS.sub(" ", bare.translate(_JOINERS)).split()
