"""Two words through a stream."""
import socket
import threading

ours, theirs = socket.socketpair()


def send():
    theirs.sendall(b'tea')
    theirs.sendall(b'cake')
    theirs.close()


threading.Thread(target=send).start()
while data := ours.recv(5):
    print(data.decode())
