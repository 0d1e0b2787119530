"""Each raises a hand, then looks for the other's."""
import threading

hand = {'Ann': 'down', 'Bob': 'down'}
seen = {}


def meet(me, other):
    hand[me] = 'up'
    seen[me] = hand[other]


ann = threading.Thread(target=meet, args=('Ann', 'Bob'), name='Ann')
bob = threading.Thread(target=meet, args=('Bob', 'Ann'), name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
print('Ann saw', seen['Ann'], 'and Bob saw', seen['Bob'])
