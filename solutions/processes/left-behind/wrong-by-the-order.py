# expect: failed every exit code is known
# concurrency: passes under round-robin
"""As if they ended in the order in which they began."""
import os


def run_batch(jobs):
    for job in jobs.values():
        if os.fork() == 0:
            os._exit(job())
    return {name: os.waitstatus_to_exitcode(os.wait()[1]) for name in jobs}
