# expect: failed the launcher goes on as before
"""Become a daemon: a process that belongs to no terminal."""
import os


def start_daemon(work):
    """Does `work()` in the background. Returns at once."""
    # begin
    os.chdir('/')
    child = os.fork()
    if child > 0:
        os.waitpid(child, 0)
        return
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    work()
    os._exit(0)
    # end


if __name__ == '__main__':
    start_daemon(lambda: print('at work:', os.getpid(), 'child of', os.getppid()))
