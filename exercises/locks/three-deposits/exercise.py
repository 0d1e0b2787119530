"""Two clerks, one balance, three deposits of 10."""
import threading

balance = 0


def pay_in(times):
    global balance
    for _ in range(times):
        seen = balance
        balance = seen + 10


ann = threading.Thread(target=pay_in, args=(2,), name='Ann')
bob = threading.Thread(target=pay_in, args=(1,), name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
print('balance:', balance)
