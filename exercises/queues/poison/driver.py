"""Pictures, and later a look at what became of them."""
import json
import sys
import time

import redis

time.sleep(0.1)                             # until the broker is there
broker = redis.Redis('broker', decode_responses=True)
broker.xgroup_create('pictures', 'thumbs', '0', mkstream=True)
for name in sys.argv[1:]:
    broker.xadd('pictures', {'name': name})
time.sleep(12)
print(json.dumps({
    'thumbnails': sorted(broker.smembers('thumbnails')),
    'dead': sorted({fields['name'] for _, fields in broker.xrange('dead')}),
    'pending': broker.xpending('pictures', 'thumbs')['pending'],
}))
