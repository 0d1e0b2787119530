"""A cook, a waiter, and an event as a bell."""
import threading

bell = threading.Event()
log = []


def cook():
    for _ in range(2):
        log.append('cook')
        bell.set()


def waiter():
    for _ in range(2):
        bell.wait()
        log.append('serve')


threads = [threading.Thread(target=cook), threading.Thread(target=waiter)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*log)
