# expect: failed who leaves and who falls silent
"""Somebody was heard, so all is well."""
import selectors


def watch(machines, patience):
    losses = []
    names = set(machines)
    selector = selectors.DefaultSelector()
    for name, connection in machines.items():
        selector.register(connection, selectors.EVENT_READ, name)
    while names:
        events = selector.select(patience)
        for key, _ in events:
            if not key.fileobj.recv(1024):
                selector.unregister(key.fileobj)
                key.fileobj.close()
                names.remove(key.data)
                losses.append((key.data, 'left'))
        if not events:
            for name in sorted(names):
                machines[name].close()
                losses.append((name, 'silent'))
            names.clear()
    return losses
