"""Folding: what is typed on a phone and what is printed in a programme become the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import Folder, compact, fold, joined


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Schrödinger", "schrodinger"),
        ("SCHRÖDINGER", "schrodinger"),
        ("Schro\u0308dinger", "schrodinger"),
        ("Gauß", "gauss"),
        ("Sørensen", "sorensen"),
        ("Łukasz", "lukasz"),
        ("Guðmundsson", "gudmundsson"),
        ("Yıldız", "yildiz"),
        ("İzmir", "izmir"),
        ("Nguyễn", "nguyen"),
        ("Flow–Matching — revisited!", "flow matching revisited"),
        ("O'Brien", "o brien"),
        ("β-VAE", "beta vae"),
        ("ﬁne-tuning", "fine tuning"),
        ("ＤｅＬＴａ", "delta"),
        ("snake_case", "snake case"),
        ("宋飏", "宋飏"),
        ("  many \n spaces\t", "many spaces"),
        ("🙂", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "code"), [("B-12", "b12"), ("b 12", "b12"), ("#12", "12"), ("Å 3", "a3")])
def test_compact(text: str, code: str) -> None:
    assert compact(text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Pre-training Self‑Supervised", "pretraining selfsupervised"), ("O’Brien", "obrien"), ("no joins", "no joins")],
)
def test_joined(text: str, expected: str) -> None:
    assert joined(text) == expected


def test_words_holds_hyphenated_words_both_ways() -> None:
    assert Folder().words(["Pre-training Models", "Zoë"]) == {"pre", "training", "pretraining", "models", "zoe"}


@given(st.text())
def test_fold_is_settled_after_one_pass(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_are_those_of_fold_and_of_joined(text: str) -> None:
    assert set(fold(text).split()) <= Folder().words([text])
