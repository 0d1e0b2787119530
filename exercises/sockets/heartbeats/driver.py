"""Machines that send a byte now and then, until they leave or fall silent."""
import socket
import threading
import time

from exercise import watch


def run(lives, patience):
    """`lives`: by name, when it sends a byte, and when it closes its connection (or null). What watch returns."""
    pairs = {name: socket.socketpair() for name in lives}

    def live(name):
        beats, close = lives[name]
        ours = pairs[name][0]
        for at in beats:
            time.sleep(max(0, at - time.monotonic()))
            ours.sendall(b'.')
        if close is not None:
            time.sleep(max(0, close - time.monotonic()))
            ours.close()

    threads = [threading.Thread(target=live, args=(name,)) for name in lives]
    for thread in threads:
        thread.start()
    losses = watch({name: theirs for name, (_, theirs) in pairs.items()}, patience)
    at = round(time.monotonic(), 1)
    for thread in threads:
        thread.join()
    open_still = [name for name, how in losses if how == 'silent' and pairs[name][1].fileno() != -1]
    return {'losses': sorted(losses) if patience == 60 else losses, 'at': at, 'open': open_still}
