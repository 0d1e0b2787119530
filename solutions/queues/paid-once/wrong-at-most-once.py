# expect: failed the balance is right, whatever one crash does
# concurrency: passes under round-robin
"""Acknowledges first: at most once."""
import redis


def pay_in(broker, number, amount):
    broker.xack('payments', 'bank', number)
    broker.incrby('balance', amount)


def work(broker):
    """What was not acknowledged, then what is new."""
    for number, fields in broker.xreadgroup('bank', 'me', {'payments': '0'})[0][1]:
        pay_in(broker, number, int(fields['amount']))
    while fresh := broker.xreadgroup('bank', 'me', {'payments': '>'}, count=1, block=3000):
        for number, fields in fresh[0][1]:
            pay_in(broker, number, int(fields['amount']))


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
