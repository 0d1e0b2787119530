"""A backup that must not run twice at the same time."""
import os


def run_alone(path, job):
    """Does `job()` unless another process is at it. `path` is where they meet. True if the job was done."""
    if os.path.exists(path):
        return False
    open(path, 'w').close()
    try:
        job()
    finally:
        os.remove(path)
    return True


if __name__ == '__main__':
    print(run_alone('backup.lock', lambda: print('copying')))
