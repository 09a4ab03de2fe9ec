"""The numbers of cases are drawn, not counted: a gap would tell whoever is left out of a case that there is one."""

from collections.abc import Callable, Collection

#: A number below the one given, each as likely as the others: ``secrets.randbelow`` but where a test knows better.
Draw = Callable[[int], int]

_SHORTEST = 100
#: Of the numbers of one length a third is used: what is left shows next to nothing of how many there are.
_USED_MOST = 3


def drawn(used: Collection[int], draw: Draw) -> int:
    """A number that was not used yet, as short as can be, so that it is easy to say: of three digits, then of four."""
    least = _least(used)
    free = [one for one in range(least, 10 * least) if one not in used]
    return free[draw(len(free))]


def enough_used(used: Collection[int]) -> range:
    """Numbers which, once they count as used too, let longer ones be drawn: none that may have been drawn before."""
    least = _least(used)
    return range(least, least + 9 * least // _USED_MOST)


def _least(used: Collection[int]) -> int:
    """The least number of the length that is drawn from."""
    least = _SHORTEST
    while sum(least <= one < 10 * least for one in used) >= 9 * least // _USED_MOST:
        least *= 10
    return least
