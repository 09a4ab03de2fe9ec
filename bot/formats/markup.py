"""LaTeX and HTML in a text -> what a reader should see. Papers' titles are full of both.

Only what is surely markup is touched: a price stays a price, ``a < b`` stays a comparison.
"""

import html
import re
import unicodedata

from bot.formats.symbols import ACCENTS, HTML_TAGS, LETTERS, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS

#: Nothing without one of these characters is markup. The test that lets nearly every text pass at once.
SUSPICIOUS = re.compile(r"[\\${}<&]|--|``|''")

_DROPPED = re.compile(r"<(script|style)\b[^>]*>.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(-->|$)", re.DOTALL)
_TAG = re.compile(rf"<(/?)({'|'.join(HTML_TAGS)})(\s[^<>]*)?/?>", re.IGNORECASE)
_BREAKING = frozenset({"br", "p", "div", "li", "tr"})
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_RAISED = re.compile(r"<(sup|sub)>([^<>]{1,12})</\1>", re.IGNORECASE)
#: As in Pandoc: no space just inside the dollars and no digit after them, so that "$5 and $10" is no formula.
_MATH = re.compile(r"\$\$([^$]+)\$\$|(?<!\\)\$(?=\S)([^$\n]*?[^\s\\$])\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]")
_ACCENT = re.compile(r"\\(?:([\"'`^~=.])\s*|([cvuHkrdb])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))")
_LETTER = re.compile(rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s(?=\S))?")
_SYMBOL = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])(?:\{\})?")
_STYLED = re.compile(
    r"\\(?:emph|text[a-z]{0,6}|math[a-z]{1,6}|operatorname|mbox|url|boldsymbol|bm|underline)\*?\s*\{([^{}]*)\}"
)
_BRACES = re.compile(r"(?:\\([A-Za-z]+)\*?[ \t]*)?(?<!\\)\{([^{}]*)\}")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]{1,12})\}|([A-Za-z0-9+\-*]))")
_ESCAPED = re.compile(r"\\([&%$#_{} ])")
_LONG_DASH, _DASH = re.compile(r"(?<!-)---(?!-)"), re.compile(r"(?<=[\w\s.,)\"”'])--(?=[\w\s(\"“'])(?!\w+=)")
_ROUNDS = 4


def clean(text: str) -> str:
    """``text`` without LaTeX and HTML: symbols and accents in Unicode, tags gone, dashes as dashes."""
    if not SUSPICIOUS.search(text):
        return text
    cleaned = _latex(_entities(_tags(text)))
    return cleaned if cleaned == text else unicodedata.normalize("NFC", _tidy(cleaned))


def _tags(text: str) -> str:
    text = _COMMENT.sub("", _DROPPED.sub("", text))
    text = _RAISED.sub(lambda match: _raise(match[2], "^" if match[1].lower() == "sup" else "_"), text)
    return _TAG.sub(lambda match: "\n" if match[2].lower() in _BREAKING else "", text)


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\N{NO-BREAK SPACE}", " "), text)


def _latex(text: str) -> str:
    text = _MATH.sub(lambda match: _formula(next(filter(None, match.groups()))), text)
    text = _ACCENT.sub(_accent, text)
    text = _LETTER.sub(lambda match: LETTERS[match[1]], text)
    for _ in range(_ROUNDS):
        before = text
        text = _BRACES.sub(_unbraced, text)
        if text == before:
            break
    text = _SYMBOL.sub(lambda match: SYMBOLS.get(match[1], match[0]), text)
    text = _ESCAPED.sub(r"\1", text)
    text = text.replace("``", "“").replace("''", "”")
    return _DASH.sub("–", _LONG_DASH.sub("—", text))


def _unbraced(match: re.Match[str]) -> str:
    """The inside of innermost braces. A command before them is a symbol, or only says how to set the words."""
    return SYMBOLS.get(match[1], "") + match[2] if match[1] else match[2]


def _formula(text: str) -> str:
    """The inside of a formula, where scripts and spacing have a meaning."""
    text = _STYLED.sub(r"\1", text)
    text = re.sub(r"\\(?:left|right|[Bb]igg?[lr]?)(?![A-Za-z])|\\[,;:!]", "", text)
    text = re.sub(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", text)
    text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", "√\\1", text)
    text = _SYMBOL.sub(lambda match: SYMBOLS.get(match[1], match[1]), text)
    return _SCRIPT.sub(lambda match: _raise(match[2] or match[3], match[1]), text)


def _raise(text: str, sign: str) -> str:
    """Raised or lowered characters where Unicode has all of them; else the sign stays, so that nothing is lost."""
    known = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    return "".join(known[char] for char in text) if all(char in known for char in text) else f"{sign}{text}"


def _accent(match: re.Match[str]) -> str:
    letter = (match[3] or match[4]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + ACCENTS[match[1] or match[2]])


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t]{2,}", " ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
