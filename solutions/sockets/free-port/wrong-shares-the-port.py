# expect: failed two servers get two ports
"""SO_REUSEPORT: there is no error any more, and two servers on one port."""
import socket


def open_server(ports, patience):
    return socket.create_server(('127.0.0.1', ports[0]), reuse_port=True)
