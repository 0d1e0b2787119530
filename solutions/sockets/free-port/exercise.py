"""A server on the first port that is free."""
import errno
import socket
import time


def open_server(ports, patience):
    """A socket that listens on the first free port."""
    end = time.monotonic() + patience
    pause = 0.1
    while True:
        for port in ports:
            try:
                return socket.create_server(('127.0.0.1', port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                last = error
        if time.monotonic() + pause > end:
            raise last
        time.sleep(pause)
        pause *= 2


if __name__ == '__main__':
    print(open_server([5000, 5001], 2))
