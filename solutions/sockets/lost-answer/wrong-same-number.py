# expect: failed two clients do not get in each other’s way
# concurrency: passes under round-robin
"""A running number for all clients: two of them may get the same one."""
import json
import socket


class Machine:
    def __init__(self):
        self.cups = 0
        self.answers = {}

    def handle(self, data):
        order = json.loads(data)
        number = order['number']
        if number not in self.answers:
            self.cups += order['cups']
            self.answers[number] = json.dumps({'sum': self.cups, 'number': number}).encode()
        return self.answers[number]


class Client:
    last = 0

    def __init__(self, address):
        self.address = address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def order(self, cups):
        Client.last += 1
        number = Client.last
        self.socket.settimeout(1)
        for _ in range(5):
            self.socket.sendto(json.dumps({'cups': cups, 'number': number}).encode(), self.address)
            try:
                while (answer := json.loads(self.socket.recv(1024)))['number'] != number:
                    pass
            except TimeoutError:
                continue
            return answer['sum']
        raise TimeoutError
