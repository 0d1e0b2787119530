"""A monitor for machines that send a byte now and then."""
import selectors
import time


def watch(machines, patience):
    """Who was lost, and how: [(name, 'left' or 'silent'), …] in the order of the losses."""
    losses = []
    deadlines = {}
    selector = selectors.DefaultSelector()

    def lose(name, how):
        losses.append((name, how))
        del deadlines[name]
        selector.unregister(machines[name])
        machines[name].close()

    for name, connection in machines.items():
        selector.register(connection, selectors.EVENT_READ, name)
        deadlines[name] = time.monotonic() + patience
    while deadlines:
        for key, _ in selector.select(max(0, min(deadlines.values()) - time.monotonic())):
            try:
                heard = key.fileobj.recv(1024)
            except ConnectionError:
                heard = b''
            if heard:
                deadlines[key.data] = time.monotonic() + patience
            else:
                lose(key.data, 'left')
        for name in [name for name, deadline in deadlines.items() if deadline <= time.monotonic()]:
            lose(name, 'silent')
    return losses


if __name__ == '__main__':
    from driver import run
    print(run({'press': [[1, 2], 3], 'lathe': [[1.5], None]}, 2))
