"""Another thread sends bytes, piece by piece, and hangs up."""
import socket
import threading

from exercise import receive_message


def arrive(pieces):
    """What is received, until there is no more."""
    ours, theirs = socket.socketpair()

    def send():
        for piece in pieces:
            theirs.sendall(piece.encode())
        theirs.close()

    thread = threading.Thread(target=send)
    thread.start()
    received = []
    try:
        while len(received) < 5 and (text := receive_message(ours)) is not None:
            received.append(text)
    except EOFError:
        received.append('EOFError')
    thread.join()
    return received
