# expect: failed nobody writes for a leader of the past, whatever one partition does
# concurrency: passes under round-robin
"""All in one transaction, and what it knows is from before."""
import sys
import time

import redis


def write(broker, token, line):
    if token < int(broker.get('newest') or 0):
        return False
    with broker.pipeline(transaction=True) as storage:
        storage.set('newest', token)
        storage.rpush('invoices', f'{token} {line}')
        storage.execute()
    return True


def lead(broker, me):
    """Waits until it leads, then writes two invoices as long as it does."""
    while not broker.set('leader', me, nx=True, ex=5):
        time.sleep(3)
    token = broker.incr('token')
    for number in (1, 2):
        if broker.get('leader') != me or not write(broker, token, f'{me} {number}'):
            return
        time.sleep(1)


if __name__ == '__main__':
    lead(redis.Redis('broker', decode_responses=True), sys.argv[1])
