# expect: failed every exit code is known
"""A wait status is more than an exit code: 3 looks like 768."""
import os


def run_batch(jobs):
    names, codes = {}, {}
    for name, job in jobs.items():
        pid = os.fork()
        if pid == 0:
            os._exit(job())
        names[pid] = name
    while len(codes) < len(jobs):
        pid, status = os.wait()
        codes[names[pid]] = status
    return codes
