"""Clients of the scoreboard, quick and slow."""
import socket
import threading
import time

from exercise import Scoreboard

ADDRESS = ('127.0.0.1', 5000)


def begin():
    listener = socket.create_server(ADDRESS)
    threading.Thread(target=Scoreboard().serve, args=(listener,), daemon=True).start()


def add(client, points):
    client.sendall(f'{points}\n'.encode())
    return int(client.recv(100) or -1)


def slow_and_quick():
    """The quick one's answer and when it came, the slow one's and when it came."""
    begin()
    with socket.create_connection(ADDRESS) as slow:
        time.sleep(1)
        with socket.create_connection(ADDRESS) as quick:
            quick.settimeout(4)
            try:
                first = [add(quick, 3), round(time.monotonic(), 1)]
            except TimeoutError:
                first = ['no answer', round(time.monotonic(), 1)]
        time.sleep(4)
        return first + [add(slow, 2)]


def at_once():
    """The sum, after two clients have added one point each."""
    begin()
    clients = [socket.create_connection(ADDRESS) for _ in range(2)]
    for client in clients:
        client.sendall(b'1\n')
    answers = [int(client.recv(100)) for client in clients]
    return [sorted(answers), add(clients[0], 0)]
