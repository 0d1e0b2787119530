# expect: failed who leaves and who falls silent
"""A deadline that no heartbeat moves."""
import selectors
import time


def watch(machines, patience):
    losses = []
    names = dict.fromkeys(machines)
    selector = selectors.DefaultSelector()
    end = time.monotonic() + patience
    for name, connection in machines.items():
        selector.register(connection, selectors.EVENT_READ, name)

    def lose(name, how):
        selector.unregister(machines[name])
        machines[name].close()
        del names[name]
        losses.append((name, how))

    while names and time.monotonic() < end:
        for key, _ in selector.select(end - time.monotonic()):
            if not key.fileobj.recv(1024):
                lose(key.data, 'left')
    for name in list(names):
        lose(name, 'silent')
    return losses
