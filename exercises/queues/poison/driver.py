"""Pictures, and later a look at what became of them."""
import time

import redis


def pictures(names):
    """The thumbnails, the dead letters, and how many are still pending."""
    time.sleep(0.1)                         # until the broker is there
    broker = redis.Redis('broker', decode_responses=True)
    broker.xgroup_create('pictures', 'thumbs', '0', mkstream=True)
    for name in names:
        broker.xadd('pictures', {'name': name})
    time.sleep(12)
    return [
        sorted(broker.smembers('thumbnails')),
        sorted({fields['name'] for _, fields in broker.xrange('dead')}),
        broker.xpending('pictures', 'thumbs')['pending'],
    ]
