# expect: error the four digits may come in pieces, too
# concurrency: passes under round-robin
"""Only what is long is read with care."""


def receive_message(connection):
    header = connection.recv(4)
    if not header:
        return None
    data = b''
    while len(data) < int(header):
        part = connection.recv(int(header) - len(data))
        if not part:
            raise EOFError
        data += part
    return data.decode()
