"""Two tills, one total."""
import threading


class Money:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        return Money(self.amount + other.amount)


total = Money(0)


def pay(amount):
    global total
    total += Money(amount)


ann = threading.Thread(target=pay, args=(5,), name='Ann')
bob = threading.Thread(target=pay, args=(5,), name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
print('total:', total.amount)
