# expect: failed two servers get two ports
# concurrency: passes under round-robin
"""Waits and tries again, but takes a question for a reservation."""
import socket
import time


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(('127.0.0.1', port))
            probe.listen()
        except OSError as error:
            if error.errno != 98:
                raise
            last[0] = error
            return False
    return True


last = [None]


def open_server(ports, patience):
    end = time.monotonic() + patience
    pause = 0.1
    while True:
        for port in ports:
            if is_free(port):
                return socket.create_server(('127.0.0.1', port))
        if time.monotonic() + pause > end:
            raise last[0]
        time.sleep(pause)
        pause *= 2
