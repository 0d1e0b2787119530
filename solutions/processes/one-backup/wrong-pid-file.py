# expect: failed of two after a crash, one is refused
# concurrency: passes under round-robin
"""The file says who made it. If that one is dead, it is cleared away, perhaps by two at once."""
import contextlib
import os


def run_alone(path, job):
    try:
        os.kill(int(open(path).read() or '0'), 0)       # nobody's name yet: somebody is at it
        return False
    except FileNotFoundError:
        pass
    except ProcessLookupError:
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
    try:
        file = open(path, 'x')
    except FileExistsError:
        return False
    with file:
        file.write(str(os.getpid()))
    job()
    os.remove(path)
    return True
