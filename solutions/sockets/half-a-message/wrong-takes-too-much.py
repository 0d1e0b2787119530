# expect: failed every message arrives whole
"""Reads until it has a message, and throws away what came after it."""


def receive_message(connection):
    data = b''
    while len(data) < 4 or len(data) < 4 + int(data[:4]):
        part = connection.recv(1024)
        if not part:
            if data:
                raise EOFError
            return None
        data += part
    return data[4:4 + int(data[:4])].decode()
