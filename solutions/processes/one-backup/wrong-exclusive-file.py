# expect: failed a crash does not stop the backups for ever
"""Only one can make the file. But who is killed leaves it behind."""
import os


def run_alone(path, job):
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    try:
        job()
    finally:
        os.remove(path)
    return True
