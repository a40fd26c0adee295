"""Ends every process of a `make run` whose main process is gone, also after `kill -9`."""

import os
import signal
import sys

from portal.local.processes import end_all, marked

MARK = "PORTAL_RUN"


def main() -> None:
    """Wait until the run's end of the pipe on standard input closes, then sweep."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)  # it ends with the run, and only then
    sys.stdin.read()
    mark = f"{MARK}={sys.argv[1]}"
    end_all(lambda: marked(mark))


if __name__ == "__main__":
    os.chdir("/")
    main()
