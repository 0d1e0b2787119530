"""The shop: two orders, and later a look at what was shipped."""
import time

import redis

time.sleep(0.1)                             # until the broker is there
broker = redis.Redis('broker', decode_responses=True)
for order in ('lamp', 'rug'):
    broker.lpush('orders', order)
time.sleep(10)
print(*sorted(broker.lrange('shipped', 0, -1)))
