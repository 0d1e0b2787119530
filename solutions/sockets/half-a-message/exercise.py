"""Messages over a connection: four digits that say how many bytes follow, then these bytes."""
import socket


def send_message(connection, text):
    data = text.encode()
    connection.sendall(b'%04d' % len(data) + data)


def receive_message(connection):
    """The text of the next message; None if there are no more."""
    first = connection.recv(1)
    if not first:
        return None
    header = first + receive_exactly(connection, 3)
    return receive_exactly(connection, int(header)).decode()


def receive_exactly(connection, size):
    data = b''
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError('the connection has ended in the middle of a message')
        data += part
    return data


if __name__ == '__main__':
    till, office = socket.socketpair()
    send_message(till, 'tea')
    print(receive_message(office))
