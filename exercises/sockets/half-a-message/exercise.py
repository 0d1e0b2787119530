"""Messages over a connection: four digits that say how many bytes follow, then these bytes."""
import socket


def send_message(connection, text):
    data = text.encode()
    connection.sendall(b'%04d' % len(data) + data)


def receive_message(connection):
    """The text of the next message; None if there are no more."""
    header = connection.recv(4)
    if not header:
        return None
    return connection.recv(int(header)).decode()


if __name__ == '__main__':
    till, office = socket.socketpair()
    send_message(till, 'tea')
    print(receive_message(office))
