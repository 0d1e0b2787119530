"""One ticket, two customers, and a lock around every access."""
import threading

left = 1
lock = threading.Lock()


def any_left():
    with lock:
        return left > 0


def buy():
    global left
    if any_left():
        with lock:
            left = left - 1


ann = threading.Thread(target=buy, name='Ann')
bob = threading.Thread(target=buy, name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
print('tickets left:', left)
