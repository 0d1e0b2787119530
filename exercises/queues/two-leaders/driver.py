"""Bob's machine: leads when it can, and looks at the invoices when all is over."""
import time

import redis

from exercise import lead


def bob():
    """Token, name and number of each invoice."""
    time.sleep(1)
    broker = redis.Redis('broker', decode_responses=True)
    lead(broker, 'bob')
    time.sleep(20 - time.monotonic())
    return [line.split() for line in broker.lrange('invoices', 0, -1)]
