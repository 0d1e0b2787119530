"""Processes that want to make the backup."""
import os
import signal
import time

from exercise import run_alone


def start(seconds):
    """A process that wants to do a job of so many seconds. It exits with 0 if it did, with 3 if it was not let."""
    pid = os.fork()
    if pid > 0:
        return pid
    code = 1
    try:
        code = 0 if run_alone('backup.lock', lambda: time.sleep(seconds)) else 3
    finally:
        os._exit(code)


def end(*pids):
    words = {0: 'done', 3: 'refused'}
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return [words.get(code, f'exit code {code}') for code in codes]


def two_at_once():
    return end(start(1), start(1))


def one_after_the_other():
    return [*end(start(1)), *end(start(1))]


def after_a_crash(number):
    """The first one is killed in the middle. What becomes of those who come later, all at once?"""
    first = start(10)
    time.sleep(1)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    return end(*[start(1) for _ in range(number)])
