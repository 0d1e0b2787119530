"""A chat between members who are connected already."""
import selectors


def run(connections):
    """What a member writes, all members read. Returns when all have left."""
    selector = selectors.DefaultSelector()
    rests = {}                              # of each member, the bytes that are no whole line yet
    for member in connections:
        selector.register(member, selectors.EVENT_READ)
        rests[member] = b''

    def leave(member):
        if rests.pop(member, None) is not None:
            selector.unregister(member)
            member.close()

    while rests:
        for key, _ in selector.select():
            member = key.fileobj
            if member not in rests:
                continue
            try:
                data = member.recv(1024)
            except ConnectionError:
                data = b''
            if not data:
                leave(member)
                continue
            *lines, rests[member] = (rests[member] + data).split(b'\n')
            for line in lines:
                for other in list(rests):
                    try:
                        other.sendall(line + b'\n')
                    except ConnectionError:
                        leave(other)
