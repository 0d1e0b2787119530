# expect: failed the balance is right, whatever one crash does
# concurrency: passes under round-robin
"""Remembers it in a memory that the crash takes along."""
import redis

paid = set()


def pay_in(broker, number, amount):
    if number not in paid:
        paid.add(number)
        broker.incrby('balance', amount)
    broker.xack('payments', 'bank', number)


def work(broker):
    """What was not acknowledged, then what is new."""
    for number, fields in broker.xreadgroup('bank', 'me', {'payments': '0'})[0][1]:
        pay_in(broker, number, int(fields['amount']))
    while fresh := broker.xreadgroup('bank', 'me', {'payments': '>'}, count=1, block=3000):
        for number, fields in fresh[0][1]:
            pay_in(broker, number, int(fields['amount']))


if __name__ == '__main__':
    work(redis.Redis('broker', decode_responses=True))
