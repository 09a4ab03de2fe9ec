import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.markup import clean

CASES = (
    (r"Learning $\alpha$-Divergences", "Learning α-Divergences"),
    (r"$\mathcal{O}(n^2)$ Steps", "O(n²) Steps"),
    (r"The $L_2$ Norm in $\mathbb{R}^d$", "The L₂ Norm in R^d"),
    (r"From $x_0$ to $x_{t}$", "From x₀ to xₜ"),
    (r"Schr\"odinger Bridges", "Schrödinger Bridges"),
    (r"Schr{\"o}dinger Bridges", "Schrödinger Bridges"),
    (r"Poincar\'e and H\'{e}non", "Poincaré and Hénon"),
    (r"Fran\c{c}ois, Ji\v{r}\'{\i}, Erd\H{o}s", "François, Jiří, Erdős"),
    (r"Stra\ss e, \O{}rsted, {\L}ukasz", "Straße, Ørsted, Łukasz"),
    ("{B}ayesian {GAN}s", "Bayesian GANs"),
    (r"\emph{Very} \textbf{deep \textit{models}}", "Very deep models"),
    ("Flows -- a survey", "Flows – a survey"),
    ("pages 4--8---or more", "pages 4–8—or more"),
    ("``Quoted'' words", "“Quoted” words"),
    (r"50\% of R\&D", "50% of R&D"),
    ("<b>Bold</b> and <i class='x'>italic</i>", "Bold and italic"),
    ("H<sub>2</sub>O and x<sup>2</sup>", "H₂O and x²"),
    ("one<br/>two", "one\ntwo"),
    ("<p>First</p><p>Second</p>", "First\n\nSecond"),
    ("AT&amp;T &lt;3 &#945;&#x3b2;", "AT&T <3 αβ"),
    ("<script>alert('x')</script>Title", "Title"),
    ("Title<!-- hidden -->", "Title"),
    (r"\(a \leq b\)", "a ≤ b"),
    (r"$\frac{1}{2}\sqrt{x}$", "1/2√x"),
)
KEPT = (
    "It costs $5 and $10.",
    "a < b and c > d",
    "x <y> z",
    "R&D; Q&A",
    "--verbose is an option",
    "snake_case and 2^n",
    "~100 models",
    "C++ & Rust",
    "Plain words, nothing else.",
    r"C:\temp",
)


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_clean_markup(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", KEPT)
def test_clean_leaves_text_that_only_looks_like_markup(text: str) -> None:
    assert clean(text) == text


@given(st.text(alphabet="ab1 $\\{}<>&;_^-`'\"~bsupα\n", max_size=60))
def test_clean_never_fails_nor_grows_without_bound(text: str) -> None:
    assert len(clean(text)) <= 2 * len(text) + 10
