"""A clean stop: no new articles, but what is on its way is finished."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import TypeVar

_T = TypeVar("_T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Is asked for by SIGTERM or SIGINT; the second one ends the process at once."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.event = threading.Event()

    @property
    def asked(self) -> bool:
        """Whether somebody has asked."""
        return self.event.is_set()

    def listen(self) -> None:
        """Take the signals from here on."""
        for number in _SIGNALS:
            signal.signal(number, self._ask)

    def before(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield items until somebody asks."""
        for item in items:
            if self.asked:
                return
            yield item

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.event.set()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
