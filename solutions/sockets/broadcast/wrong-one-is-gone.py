# expect: deadlock who has left disturbs nobody
"""One thread, whole lines, and nobody may leave."""
import selectors


def run(connections):
    selector = selectors.DefaultSelector()
    rests = {member: b'' for member in connections}
    for member in rests:
        selector.register(member, selectors.EVENT_READ)
    while rests:
        for key, _ in selector.select():
            member = key.fileobj
            data = member.recv(1024)
            if not data:
                selector.unregister(member)
                del rests[member]
                continue
            *lines, rests[member] = (rests[member] + data).split(b'\n')
            for line in lines:
                for other in rests:
                    other.sendall(line + b'\n')
