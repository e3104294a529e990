"""Measure a function in a process of its own: CPU seconds, wall seconds, peak memory."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took, and what it returned."""

    wall: float  #: seconds
    cpu: float  #: user and system seconds
    peak: float  #: MiB, the largest the process was
    result: Any


def measure(function: Callable[..., Any], *given: Any) -> Measured:
    """Run a function in a fresh process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, function, given))
    process.start()
    there.close()
    try:
        wall, cpu, peak, result = here.recv()
    except EOFError:
        raise SystemExit(f"{function.__name__} died") from None
    finally:
        process.join()
    return Measured(wall, cpu, peak, result)


def _run(answer: Connection, function: Callable[..., Any], given: tuple[Any, ...]) -> None:
    began, used = time.perf_counter(), time.process_time()
    result = function(*given)
    peak = _peak()
    answer.send((time.perf_counter() - began, time.process_time() - used, peak, result))
    answer.close()


def _peak() -> float:
    """MiB, the largest that this process was itself: what `getrusage` says is inherited from whoever started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024
