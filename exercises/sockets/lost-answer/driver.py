"""A machine behind a network that loses, doubles and delays the datagrams that it is told to."""
import socket
import threading
import time

from exercise import Client, Machine

ADDRESS = ('127.0.0.1', 7000)


def begin(questions='', answers=''):
    """What becomes of each datagram: `-` is lost, `2` comes twice, `z` comes 1.5 s late; all others simply arrive."""
    machine = Machine()
    box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    box.bind(ADDRESS)
    fates = {'question': iter(questions), 'answer': iter(answers)}

    def times(kind):
        fate = next(fates[kind], '.')
        if fate == 'z':
            time.sleep(1.5)
        return {'-': 0, '2': 2}.get(fate, 1)

    def run():
        while True:
            data, client = box.recvfrom(1024)
            for _ in range(times('question')):
                answer = machine.handle(data)
                for _ in range(times('answer')):
                    box.sendto(answer, client)

    threading.Thread(target=run, daemon=True).start()


def serve():
    """The machine on a host of its own."""
    machine = Machine()
    box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    box.bind(('', 7000))
    while True:
        data, client = box.recvfrom(1024)
        box.sendto(machine.handle(data), client)


def order_from_afar(cups):
    """What a client on another host is told."""
    time.sleep(0.1)                         # until the machine is there
    client = Client(('machine', 7000))
    return [client.order(number) for number in cups]


def orders(cups, questions='', answers=''):
    """What one client is told, order after order."""
    begin(questions, answers)
    client = Client(ADDRESS)
    told = []
    for number in cups:
        try:
            told.append(client.order(number))
        except TimeoutError:
            told.append('TimeoutError')
    return told


def two_clients():
    """The sum after two clients have ordered one cup each."""
    begin()
    clients = [threading.Thread(target=Client(ADDRESS).order, args=(1,)) for _ in range(2)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return Client(ADDRESS).order(0)


if __name__ == '__main__':
    serve()
