"""A worker that pays in what comes through a stream."""
import redis


def pay_in(broker, number, amount):
    """Adds the payment with this number to the balance, and acknowledges it."""
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
