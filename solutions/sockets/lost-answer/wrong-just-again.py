# expect: failed when the answer is lost, nothing is done twice
"""Asks again, and again, and has a lot of coffee."""
import json
import socket


class Machine:
    def __init__(self):
        self.cups = 0

    def handle(self, data):
        self.cups += json.loads(data)['cups']
        return json.dumps({'sum': self.cups}).encode()


class Client:
    def __init__(self, address):
        self.address = address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def order(self, cups):
        self.socket.settimeout(1)
        for _ in range(5):
            self.socket.sendto(json.dumps({'cups': cups}).encode(), self.address)
            try:
                return json.loads(self.socket.recv(1024))['sum']
            except TimeoutError:
                pass
        raise TimeoutError
