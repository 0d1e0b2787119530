"""A list of free blocks that is changed by compare-and-swap."""
import threading

below = {'A': 'B', 'B': 'C', 'C': None}
top = 'A'
in_use = []
one_step = threading.Lock()         # makes swap one step, as the processor's own instruction is


def swap(expected, new):
    global top
    with one_step:
        if top != expected:
            return False
        top = new
        return True


def take():
    while True:
        seen = top
        rest = below[seen]
        if swap(seen, rest):
            return seen


def give_back(block):
    while True:
        below[block] = seen = top
        if swap(seen, block):
            return


def ann():
    in_use.append(take())


def bob():
    first = take()
    in_use.append(take())           # keeps the second
    give_back(first)


threads = [threading.Thread(target=ann, name='Ann'), threading.Thread(target=bob, name='Bob')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
in_use.append(take())
print('in use:', *in_use)
