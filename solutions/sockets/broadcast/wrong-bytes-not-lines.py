# expect: failed a line that comes in pieces stays one line
"""One thread, and what has come is handed on at once."""
import selectors


def run(connections):
    selector = selectors.DefaultSelector()
    members = list(connections)
    for member in members:
        selector.register(member, selectors.EVENT_READ)
    while members:
        for key, _ in selector.select():
            try:
                data = key.fileobj.recv(1024)
            except ConnectionError:
                data = b''
            if not data:
                selector.unregister(key.fileobj)
                members.remove(key.fileobj)
            for other in members:
                try:
                    other.sendall(data)
                except ConnectionError:
                    pass
