# expect: deadlock every exit code is known
# concurrency: passes under round-robin
"""The handler is right now. But the last signal may come between the look and the pause."""
import os
import signal


def run_batch(jobs):
    statuses, names = {}, {}

    def child_ended(signum, frame):
        while len(statuses) < len(jobs):
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            statuses[pid] = status

    signal.signal(signal.SIGCHLD, child_ended)
    for name, job in jobs.items():
        pid = os.fork()
        if pid == 0:
            os._exit(job())
        names[pid] = name
    while len(statuses) < len(jobs):
        signal.pause()
    return {names[pid]: os.waitstatus_to_exitcode(status) for pid, status in statuses.items()}
