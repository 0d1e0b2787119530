# expect: failed the daemon is on its own
"""Become a daemon: a process that belongs to no terminal."""
import os


def start_daemon(work):
    """Does `work()` in the background. Returns at once."""
    # begin
    child = os.fork()
    if child > 0:
        os.waitpid(child, 0)
        return
    if os.fork() > 0:
        os._exit(0)
    os.setsid()
    os.chdir('/')
    work()
    os._exit(0)
    # end


if __name__ == '__main__':
    start_daemon(lambda: print('at work:', os.getpid(), 'child of', os.getppid()))
