"""Jobs that take some time."""
import os
import time

from exercise import run_batch


def batch(jobs):
    """Each of `jobs` is [seconds, exit code]. The codes, the time it took, and the children that nobody has waited for."""

    def job(seconds, code):
        def work():
            if seconds:
                time.sleep(seconds)
            return code
        return work

    codes = run_batch({name: job(*how) for name, how in jobs.items()})
    left = 0
    try:
        while True:
            os.waitpid(-1, os.WNOHANG)
            left += 1
            if left == len(jobs):
                break
    except ChildProcessError:
        pass
    return {'codes': codes, 'left': left}
