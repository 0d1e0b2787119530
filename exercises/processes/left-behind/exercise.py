"""Run a batch of jobs, each in a process of its own."""
import os
import signal


def run_batch(jobs):
    """Starts them all, and waits. The exit code of each job, by its name."""
    names, codes = {}, {}

    def child_ended(signum, frame):
        pid, status = os.wait()
        codes[names[pid]] = os.waitstatus_to_exitcode(status)

    signal.signal(signal.SIGCHLD, child_ended)
    for name, job in jobs.items():
        pid = os.fork()
        if pid == 0:
            os._exit(job())
        names[pid] = name
    while len(codes) < len(jobs):
        signal.pause()
    return codes


if __name__ == '__main__':
    print(run_batch({'resize': lambda: 0, 'upload': lambda: 3}))
