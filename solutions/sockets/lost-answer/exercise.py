"""A coffee machine at the end of a wire that loses letters."""
import json
import socket
import time
import uuid


class Machine:
    def __init__(self):
        self.cups = 0
        self.answers = {}                   # by the order's number

    def handle(self, data):
        """The answer to a datagram, as bytes."""
        order = json.loads(data)
        number = order['number']
        if number not in self.answers:
            self.cups += order['cups']
            self.answers[number] = json.dumps({'sum': self.cups, 'number': number}).encode()
        return self.answers[number]


class Client:
    def __init__(self, address):
        self.address = address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def order(self, cups):
        """The sum of all cups so far."""
        number = uuid.uuid4().hex
        for _ in range(5):
            self.socket.sendto(json.dumps({'cups': cups, 'number': number}).encode(), self.address)
            end = time.monotonic() + 1
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                try:
                    answer = json.loads(self.socket.recv(1024))
                except TimeoutError:
                    break
                if answer['number'] == number:
                    return answer['sum']
        raise TimeoutError('the machine does not answer')


if __name__ == '__main__':
    from driver import orders
    print(orders([1, 2, 4]))                # and with a bad line: orders([1, 2, 4], '-2', 'z')
