"""What processes of a crew do in tests: cheap, and as deadly as asked."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


class Square:
    """Squares numbers."""

    def do(self, number: int) -> int:
        return number * number


class Deadly:
    """Squares numbers, dies over -1 each time, and over -2 once."""

    def __init__(self, folder: str) -> None:
        self._mark = Path(folder) / "died"

    def do(self, number: int) -> int:
        if number == -1 or (number == -2 and not self._mark.exists()):
            self._mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number


class Slow:
    """Takes its time over even numbers."""

    def do(self, number: int) -> int:
        time.sleep(0.002 * (number % 2 == 0))
        return number * number


class Unable:
    """Does not get ready."""

    def __init__(self) -> None:
        os._exit(3)

    def do(self, number: int) -> int:
        return number
