"""Several threads that start together."""

from collections.abc import Callable
from threading import Barrier, Thread


def at_once(count: int, work: Callable[[int], object]) -> None:
    """Run `work(0)` … `work(count - 1)` in as many threads, all starting together."""
    barrier = Barrier(count)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
