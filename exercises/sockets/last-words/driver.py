"""The service."""
import socket
import threading

from exercise import ask

ADDRESS = ('127.0.0.1', 5000)


def count(text):
    def serve():
        connection, _ = listener.accept()
        with connection, connection.makefile('r') as words:
            number = len(words.read().split())
            connection.sendall(str(number).encode())
            connection.sendall(b' words')

    with socket.create_server(ADDRESS) as listener:
        service = threading.Thread(target=serve)
        service.start()
        answer = ask(ADDRESS, text)
        service.join()
    return answer.decode()
