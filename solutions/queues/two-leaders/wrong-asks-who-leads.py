# expect: failed nobody writes for a leader of the past, whatever one partition does
# concurrency: passes under round-robin
"""Asks once more who leads. The answer is as old as the way back is long."""
import sys
import time

import redis


def write(broker, token, line):
    if broker.get('leader') != line.split()[0]:
        return False
    broker.rpush('invoices', f'{token} {line}')
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
