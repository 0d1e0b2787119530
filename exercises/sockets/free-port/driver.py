"""Servers that begin at the same time, and ports that are taken for a while."""
import errno
import os
import socket
import threading
import time

from exercise import open_server


def two_at_once(ports):
    """The ports that two servers have got."""
    got = []

    def begin():
        server = open_server(ports, 1)
        got.append(server.getsockname()[1])
        servers.append(server)              # stays open

    servers = []
    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got)


def taken_until(seconds, patience):
    """What comes out when the only port is taken for so long, and when."""
    old = socket.create_server(('127.0.0.1', 5000))
    threading.Timer(seconds, old.close).start()
    try:
        server = open_server([5000], patience)
        socket.create_connection(('127.0.0.1', 5000)).close()
        outcome = server.getsockname()[1]
    except OSError as error:
        outcome = errno.errorcode.get(error.errno, str(error))
    return [outcome, round(time.monotonic(), 2)]


def no_descriptors():
    """What is raised when the process may open no more files, and when."""
    taken = []
    try:
        while True:
            taken.append(os.dup(0))
    except OSError:
        pass
    try:
        open_server([5000], 5)
    except OSError as error:
        return [errno.errorcode.get(error.errno, str(error)), round(time.monotonic(), 2)]
    finally:
        for fd in taken:
            os.close(fd)
