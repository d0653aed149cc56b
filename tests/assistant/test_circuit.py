"""Who fails again and again is left alone for a while, then tried once."""

from assistant.circuit import Circuit


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Circuit:
    circuit = Circuit(failures=3, rest_s=10, clock=clock)
    for _ in range(3):
        assert circuit.allows()
        circuit.failed()
    return circuit


def test_failures_in_a_row_open_it() -> None:
    circuit = opened(Clock())
    assert circuit.state == "open"
    assert not circuit.allows()


def test_a_success_between_failures_keeps_it_closed() -> None:
    circuit = Circuit(failures=2, rest_s=10)
    for _ in range(5):
        circuit.failed()
        circuit.succeeded()
    assert (circuit.state, circuit.allows()) == ("closed", True)


def test_after_the_rest_one_call_is_let_through() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now += 10
    assert circuit.state == "half-open"
    assert [circuit.allows(), circuit.allows()] == [True, False]


def test_the_probe_closes_it_or_opens_it_for_as_long_again() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now += 10
    assert circuit.allows()
    circuit.failed()
    clock.now += 9
    assert not circuit.allows()
    clock.now += 1
    assert circuit.allows()
    circuit.succeeded()
    assert (circuit.state, circuit.allows()) == ("closed", True)


def test_a_probe_that_never_tells_is_followed_by_another() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now += 10
    assert circuit.allows()
    clock.now += 10
    assert circuit.allows()
