"""Machines that write invoices; one of them leads."""
import sys
import time

import redis


def write(broker, token, line):
    """The way into the storage, for the leader with this token."""
    with broker.pipeline() as storage:
        while True:
            try:
                storage.watch('newest')
                if token < int(storage.get('newest') or 0):
                    return False
                storage.multi()
                storage.set('newest', token)
                storage.rpush('invoices', f'{token} {line}')
                storage.execute()
                return True
            except redis.WatchError:
                continue


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
