"""Pays in what may be delivered twice."""
import redis


def pay_in(broker, number, amount):
    """Adds the amount to the balance, unless the payment with this number was added already."""
    with broker.pipeline() as transaction:
        try:
            # begin
            transaction.watch('paid')
            if transaction.sismember('paid', number):
                return
            transaction.multi()
            transaction.incrby('balance', amount)
            transaction.sadd('paid', number)
            transaction.execute()
            # end
        except redis.WatchError:
            pass                            # the other one was quicker


if __name__ == '__main__':
    from driver import one_after_the_other
    print('balance', one_after_the_other())
