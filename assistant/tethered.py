"""Runs a command that ends when this process's standard input does: `python -I -S tethered.py COMMAND…`.

Whoever starts it holds the other end of the pipe. When that process ends, in whatever way (also by SIGKILL), the pipe closes and
the command's whole process group is ended. A signal on the parent's death (PR_SET_PDEATHSIG) would not do: it comes when the
*thread* that started the child ends. Imports nothing of tenkyo, so that it starts at once.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading

GRACE_S = 3.0


def main() -> int:
    """The exit code of the command."""
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)

    def end() -> None:
        while os.read(0, 4096):
            pass
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(GRACE_S)

    threading.Thread(target=end, daemon=True).start()
    # The terminal's Ctrl+C is the parent's business; the end of the pipe tells this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(child.pid, signal.SIGTERM))
    return child.wait()


if __name__ == "__main__":
    sys.exit(main())
