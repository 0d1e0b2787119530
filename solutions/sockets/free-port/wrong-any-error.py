# expect: failed other errors are raised at once
"""Waits for things that never change."""
import socket
import time


def open_server(ports, patience):
    end = time.monotonic() + patience
    pause = 0.1
    while True:
        for port in ports:
            try:
                return socket.create_server(('127.0.0.1', port))
            except OSError as error:
                last = error
        if time.monotonic() + pause > end:
            raise last
        time.sleep(pause)
        pause *= 2
