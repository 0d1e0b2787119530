"""A scoreboard that anybody may add points to, over the network."""
import socket


class Scoreboard:
    def __init__(self):
        self.total = 0

    def serve(self, listener):
        """Serves everybody who connects."""
        while True:
            connection, _ = listener.accept()
            self.talk(connection)

    def talk(self, connection):
        """Each line is a number of points; the answer is the sum so far."""
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                self.total += int(line)
                print(self.total, file=lines, flush=True)


if __name__ == '__main__':
    import threading
    listener = socket.create_server(('127.0.0.1', 5000))
    threading.Thread(target=Scoreboard().serve, args=(listener,), daemon=True).start()
    with socket.create_connection(('127.0.0.1', 5000)) as client:
        client.sendall(b'3\n')
        print(client.recv(100))
