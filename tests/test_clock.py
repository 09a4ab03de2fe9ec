"""The rehearsal's clock: it starts where it is told, runs fast, jumps, and waits where something is due."""

from datetime import UTC, datetime, timedelta

from bot.clock import RehearsalClock

START = datetime(2025, 4, 28, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Real:
    """A machine's clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def free(speed: float = 1.0) -> tuple[RehearsalClock, Real]:
    real = Real()
    clock = RehearsalClock(START, speed, real)
    clock.hold_at(None)
    return clock, real


def test_it_stands_at_its_start_until_the_queue_was_looked_at() -> None:
    real = Real()
    clock = RehearsalClock(START, real=real)
    real.at += 20 * MINUTE
    assert clock.now() == START


def test_it_runs_from_its_start_at_its_speed() -> None:
    clock, real = free(speed=60)
    real.at += MINUTE
    assert clock.now() == START + 60 * MINUTE
    clock.run_at(1)
    real.at += MINUTE
    assert clock.now() == START + 61 * MINUTE


def test_it_waits_where_something_is_due_and_does_not_leap_afterwards() -> None:
    clock, real = free()
    clock.hold_at(START + 5 * MINUTE)
    real.at += 20 * MINUTE
    assert clock.now() == START + 5 * MINUTE
    clock.hold_at(START + 30 * MINUTE)
    assert clock.now() == START + 5 * MINUTE
    real.at += MINUTE
    assert clock.now() == START + 6 * MINUTE


def test_a_jump_stops_at_everything_that_is_due_on_the_way() -> None:
    clock, real = free()
    clock.hold_at(START + 5 * MINUTE)
    clock.move_to(START + 60 * MINUTE)
    seen = [clock.now()]
    for due in (START + 10 * MINUTE, None):
        clock.hold_at(due)
        seen.append(clock.now())
    assert seen == [START + minutes * MINUTE for minutes in (5, 10, 60)]
    real.at += MINUTE
    assert clock.now() == START + 61 * MINUTE


def test_it_never_goes_back() -> None:
    clock, _ = free()
    clock.move_to(START - 60 * MINUTE)
    clock.hold_at(START - MINUTE)
    assert clock.now() == START


def test_seconds_until_are_real_ones() -> None:
    clock, _ = free(speed=60)
    assert clock.seconds_until(START + 10 * MINUTE) == 10
    assert clock.seconds_until(START - MINUTE) == 0
    clock.hold_at(START + MINUTE)
    clock.move_to(START + 20 * MINUTE)
    assert clock.seconds_until(START + 10 * MINUTE) == 0
