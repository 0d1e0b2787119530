# expect: failed it waits for a port
"""Looks once."""
import errno
import socket


def open_server(ports, patience):
    for port in ports:
        try:
            return socket.create_server(('127.0.0.1', port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            last = error
    raise last
