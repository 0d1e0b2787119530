"""A server on the first port that is free."""
import socket


def is_free(port):
    try:
        socket.create_connection(('127.0.0.1', port)).close()
    except ConnectionRefusedError:
        return True
    return False


def open_server(ports, patience):
    """A socket that listens on the first free port."""
    for port in ports:
        if is_free(port):
            return socket.create_server(('127.0.0.1', port))


if __name__ == '__main__':
    print(open_server([5000, 5001], 2))
