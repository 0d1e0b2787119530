"""Customers, a warehouse that looks into the queue in the end, and an auditor who copies the book."""
import json
import sys
import time

import redis

broker = redis.Redis('broker', decode_responses=True)
if sys.argv[1:] == ['audit']:               # on the shop's machine
    with open('book') as book:
        broker.set('book', book.read())
else:
    time.sleep(0.1)                         # until the broker is there
    broker.rpush('customers', '1 lamp', '2 rug')
    time.sleep(10)
    print(json.dumps({
        'book': (broker.get('book') or '').split('\n')[:-1],
        'queue': sorted(set(broker.lrange('queue', 0, -1))),
        'confirmed': broker.lrange('confirmed', 0, -1),
    }))
