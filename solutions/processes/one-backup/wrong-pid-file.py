# expect: failed of two after a crash, one is refused
# concurrency: passes under round-robin
"""The file says who made it. If that one is dead, it is cleared away, perhaps by two at once."""
import os


def run_alone(path, job):
    try:
        owner = int(open(path).read())
        os.kill(owner, 0)
        return False
    except FileNotFoundError:
        pass
    except ProcessLookupError:
        os.remove(path)
    mine = f'{path}.{os.getpid()}'
    with open(mine, 'w') as file:
        file.write(str(os.getpid()))
    try:
        os.link(mine, path)
    except FileExistsError:
        return False
    job()
    os.remove(path)
    return True
