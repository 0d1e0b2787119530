"""A flag that is raised one line too early."""
import threading

ready = False
price = 0
seen = 'nothing yet'


def writer():
    global ready, price
    ready = True
    price = 5


def reader():
    global seen
    if ready:
        seen = f'the price {price}'


threads = [threading.Thread(target=writer, name='Writer'), threading.Thread(target=reader, name='Reader')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('the reader has seen', seen, 'and the price is', price)
