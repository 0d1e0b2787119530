# expect: deadlock two leave at the same moment
# concurrency: passes under round-robin
"""A thread for each machine, and a count of those that are left, which two may lower at the same time."""
import threading


def watch(machines, patience):
    losses = []
    left = len(machines)
    done = threading.Event()

    def listen(name, connection):
        nonlocal left
        connection.settimeout(patience)
        how = 'left'
        try:
            while connection.recv(1024):
                pass
        except TimeoutError:
            how = 'silent'
        except ConnectionError:
            pass
        connection.close()
        losses.append((name, how))
        left -= 1
        if left == 0:
            done.set()

    for machine in machines.items():
        threading.Thread(target=listen, args=machine).start()
    done.wait()
    return losses
