# expect: failed the jobs overlap
"""Each job waits for the one before."""
import os


def run_batch(jobs):
    codes = {}
    for name, job in jobs.items():
        pid = os.fork()
        if pid == 0:
            os._exit(job())
        codes[name] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return codes
