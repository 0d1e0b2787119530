"""The last two tickets, sold by greenlets."""
import gevent
from gevent import time

left = 2


def pay_by_card():
    global left
    if left > 0:
        time.sleep(1)                   # asks the bank
        left -= 1


def pay_in_cash():
    global left
    if left > 0:
        left -= 1


customers = [gevent.spawn(pay) for pay in (pay_by_card, pay_in_cash, pay_by_card)]
gevent.joinall(customers)
print('tickets left:', left)
