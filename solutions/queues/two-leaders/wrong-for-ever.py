# expect: limit two leaders, one after the other
"""A lease without an end: never two leaders, and none after a crash."""
import sys
import time

import redis


def write(broker, token, line):
    broker.rpush('invoices', f'{token} {line}')
    return True


def lead(broker, me):
    """Waits until it leads, then writes two invoices as long as it does."""
    while not broker.set('leader', me, nx=True):
        time.sleep(3)
    token = broker.incr('token')
    for number in (1, 2):
        if broker.get('leader') != me or not write(broker, token, f'{me} {number}'):
            return
        time.sleep(1)


if __name__ == '__main__':
    lead(redis.Redis('broker', decode_responses=True), sys.argv[1])
