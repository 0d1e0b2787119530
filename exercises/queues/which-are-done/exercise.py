"""A worker that counts."""
import redis

broker = redis.Redis('broker', decode_responses=True)
while broker.lpop('tasks') is not None:
    broker.incr('begun')
    broker.incr('done')
