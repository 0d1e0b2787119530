# expect: failed of two at once, one is refused
"""Never two at once, but nobody is refused: they queue up."""
import fcntl


def run_alone(path, job):
    with open(path, 'a') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        job()
        return True
