"""Loads articles into stores, again and again, each time in a process that may be killed.

``python tests/kill_loader.py`` reads a line for each load: ``old ADDRESS`` or ``new ADDRESS``.
It answers with the pid of the process that loads, and when that has ended, with its exit code
(or minus the signal).  All is imported and made ready before, so that what a random moment
hits is the load.
"""

from __future__ import annotations

import json
import os
import sys
import traceback

from inline import bring_in
from loads import NEW, OLD


def main() -> None:
    for articles in (OLD, NEW):
        for scheme in ("sqlite:///:memory:",):
            bring_in(scheme, articles[:2])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        which, address = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _load(which, address)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _load(which: str, address: str) -> None:
    try:
        bring_in(address, OLD if which == "old" else NEW, batch=3)
    except BaseException:  # noqa: BLE001 - a fork must not return
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
