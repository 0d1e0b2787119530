"""A worker that makes thumbnails."""
import os

import redis

MOST = 3


def thumbnail(name):
    """Written in C: some pictures make it crash, and one does so the first time only."""
    first = not os.path.exists(name)
    open(name, 'w').close()
    if name == 'broken' or (name == 'large' and first):
        os._exit(139)
    return f'small {name}'


def work(broker):
    while entries := next_entries(broker):
        for number, fields in entries:
            broker.sadd('thumbnails', thumbnail(fields['name']))
            broker.xack('pictures', 'thumbs', number)


def next_entries(broker):
    """What was handed out and not acknowledged, else what is new."""
    _, entries, *_ = broker.xautoclaim('pictures', 'thumbs', 'me', 500, count=1)
    if not entries:
        fresh = broker.xreadgroup('thumbs', 'me', {'pictures': '>'}, count=1, block=2000)
        entries = fresh[0][1] if fresh else []
    return entries


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
