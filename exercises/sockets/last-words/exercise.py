"""Ask a service that reads until the end."""
import socket


def ask(address, text):
    """The whole answer to a text, as bytes."""
    answer = b''
    # begin
    answer += part
    connection.close()
    connection.sendall(text.encode())
    connection.shutdown(socket.SHUT_RDWR)
    connection.shutdown(socket.SHUT_WR)
    while part := connection.recv(1024):
    with socket.create_connection(address) as connection:
    # end
    return answer
