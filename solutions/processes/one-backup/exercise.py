"""A backup that must not run twice at the same time."""
import fcntl


def run_alone(path, job):
    """Does `job()` unless another process is at it. `path` is where they meet. True if the job was done."""
    with open(path, 'a') as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        job()
        return True


if __name__ == '__main__':
    print(run_alone('backup.lock', lambda: print('copying')))
