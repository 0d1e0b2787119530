# expect: failed a datagram that comes twice is done once
"""The machine knows each order; the client takes any answer for its own."""
import json
import socket
import uuid


class Machine:
    def __init__(self):
        self.cups = 0
        self.answers = {}

    def handle(self, data):
        order = json.loads(data)
        number = order['number']
        if number not in self.answers:
            self.cups += order['cups']
            self.answers[number] = json.dumps({'sum': self.cups}).encode()
        return self.answers[number]


class Client:
    def __init__(self, address):
        self.address = address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def order(self, cups):
        number = uuid.uuid4().hex
        self.socket.settimeout(1)
        for _ in range(5):
            self.socket.sendto(json.dumps({'cups': cups, 'number': number}).encode(), self.address)
            try:
                return json.loads(self.socket.recv(1024))['sum']
            except TimeoutError:
                pass
        raise TimeoutError
