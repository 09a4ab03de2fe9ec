"""What LaTeX commands and HTML tags stand for, as far as titles and abstracts use them."""

#: Tags that are dropped; anything else in angle brackets may be text.
HTML_TAGS = (
    "a", "abbr", "b", "big", "blockquote", "body", "br", "button", "center", "code", "dd", "del", "details", "div",
    "dl", "dt", "em", "embed", "font", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "i", "iframe",
    "img", "input", "ins", "jats:p", "jats:sub", "jats:sup", "li", "link", "mark", "meta", "object", "ol", "p", "pre",
    "q", "s", "small", "span", "strike", "strong", "style", "script", "sub", "summary", "sup", "svg", "table", "tbody",
    "td", "th", "thead", "tr", "tt", "u", "ul", "video", "audio",
)  # fmt: skip

#: LaTeX's accent commands -> Unicode's combining characters.
ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip

#: Letters that have a command of their own.
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "i", "j": "j",
}  # fmt: skip

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip

SYMBOLS = _GREEK | {
    "infty": "∞", "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈", "sim": "∼", "propto": "∝", "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "mapsto": "↦", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩",
    "forall": "∀", "exists": "∃", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "ell": "ℓ",
    "circ": "∘", "ast": "∗", "star": "⋆", "dots": "…", "ldots": "…", "cdots": "⋯", "textendash": "–",
    "textemdash": "—", "quad": " ", "qquad": " ", "log": "log", "exp": "exp", "min": "min", "max": "max", "sup": "sup",
    "inf": "inf", "mid": "|", "Vert": "‖", "langle": "⟨", "rangle": "⟩", "dagger": "†", "otimes": "⊗", "oplus": "⊕",
    "textregistered": "®", "copyright": "©", "textbackslash": "\\", "LaTeX": "LaTeX", "TeX": "TeX", "par": "\n",
}  # fmt: skip

SUPERSCRIPTS = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
