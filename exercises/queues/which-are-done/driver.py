"""The office."""
import time

import redis

time.sleep(0.1)                             # until the broker is there
broker = redis.Redis('broker', decode_responses=True)
broker.rpush('tasks', 'A', 'B')
time.sleep(6)
print(f"begun {broker.get('begun')}, done {broker.get('done')}")
