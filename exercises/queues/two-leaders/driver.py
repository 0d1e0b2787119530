"""Bob's machine: leads when it can, and shows the invoices when all is over."""
import time

import redis

from exercise import lead

time.sleep(1)
broker = redis.Redis('broker', decode_responses=True)
lead(broker, 'bob')
time.sleep(20 - time.monotonic())
for line in broker.lrange('invoices', 0, -1):
    print(line)
