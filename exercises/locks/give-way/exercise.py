"""Two locks, two orders, and one of the two is polite."""
import threading

red, blue = threading.Lock(), threading.Lock()
got = {}


def ann():
    with red:
        got['Ann'] = 'one'
        with blue:
            got['Ann'] = 'both'


def bob():
    with blue:
        got['Bob'] = 'one'
        if red.acquire(blocking=False):
            got['Bob'] = 'both'
            red.release()


threads = [threading.Thread(target=ann, name='Ann'), threading.Thread(target=bob, name='Bob')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('Ann got', got['Ann'], 'and Bob got', got['Bob'])
