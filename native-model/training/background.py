"""Training data made ahead of the training: on a thread, or in processes where one core cannot feed the network."""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Queue


def stream(make: Callable[[int], dict], workers: int = 0, ahead: int = 1) -> Iterator[dict]:
    """make(0), make(1), ... without end; the order of several workers is theirs.

    With workers, `make` must be picklable and give a dict of tensors. The processes end with this one.
    """
    if workers == 0:
        queue: Queue = Queue(maxsize=ahead)
        stop = threading.Event()
        thread = threading.Thread(target=fill, args=(queue, make, 0, 1, stop), daemon=True)
        thread.start()
        try:
            while True:
                yield taken(queue)
        finally:  # a thread inside a tensor operation would bring the interpreter down at its exit
            stop.set()
            while thread.is_alive():
                drain(queue)
                thread.join(0.1)
    else:
        context = multiprocessing.get_context("spawn")  # a fork would take CUDA and the thread pools along
        queue = context.Queue(maxsize=max(ahead, workers))
        for worker in range(workers):
            context.Process(target=work, args=(queue, make, worker, workers), daemon=True).start()
        from torch import from_numpy

        while True:
            yield {name: from_numpy(value) for name, value in taken(queue).items()}


def taken(queue) -> dict:
    """The next item; what its maker raised is raised here, so that a training ends instead of waiting."""
    item = queue.get()
    if isinstance(item, Exception):
        raise item
    return item


def drain(queue: Queue) -> None:
    while not queue.empty():
        queue.get()


def fill(queue, make: Callable[[int], dict], index: int, step: int, stop: threading.Event | None = None) -> None:
    try:
        while stop is None or not stop.is_set():
            queue.put(make(index))
            index += step
    except Exception as problem:
        queue.put(problem)


def work(queue, make: Callable[[int], dict], index: int, step: int) -> None:
    """In its own process: one thread, and arrays instead of tensors, which would need shared memory."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    fill(queue, lambda number: {name: value.numpy() for name, value in make(number).items()}, index, step)
