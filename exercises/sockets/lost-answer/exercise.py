"""A coffee machine at the end of a wire that loses letters."""
import json
import socket


class Machine:
    def __init__(self):
        self.cups = 0

    def handle(self, data):
        """The answer to a datagram, as bytes."""
        self.cups += json.loads(data)['cups']
        return json.dumps({'sum': self.cups}).encode()


class Client:
    def __init__(self, address):
        self.address = address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def order(self, cups):
        """The sum of all cups so far."""
        self.socket.sendto(json.dumps({'cups': cups}).encode(), self.address)
        return json.loads(self.socket.recv(1024))['sum']


if __name__ == '__main__':
    from driver import orders
    print(orders([1, 2, 4]))                # and with a bad line: orders([1, 2, 4], '-2', 'z')
