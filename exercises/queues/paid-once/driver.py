"""Two payments, and later a look at the balance."""
import time

import redis

time.sleep(0.1)                             # until the broker is there
broker = redis.Redis('broker', decode_responses=True)
broker.xgroup_create('payments', 'bank', '0', mkstream=True)
for amount in (20, 5):
    broker.xadd('payments', {'amount': amount})
time.sleep(10)
print(f"balance {broker.get('balance')}, not acknowledged {broker.xpending('payments', 'bank')['pending']}")
