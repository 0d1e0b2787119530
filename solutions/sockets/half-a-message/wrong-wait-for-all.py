# expect: failed an end in the middle is an error
"""MSG_WAITALL waits for all that was asked for, or for the end."""
import socket


def receive_message(connection):
    header = connection.recv(4, socket.MSG_WAITALL)
    if not header:
        return None
    size = int(header)
    return connection.recv(size, socket.MSG_WAITALL).decode() if size else ''
