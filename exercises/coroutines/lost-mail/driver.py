"""A post office."""
import asyncio

from exercise import Outbox


def office(mails):
    """Sends mails, closes at second 1. What was accepted; what was delivered; what close() says; the seconds."""
    async def main():
        begin = asyncio.get_running_loop().time()
        delivered, accepted = [], []

        async def deliver(mail):
            await asyncio.sleep(2)
            if '@' not in mail:
                raise ValueError(mail)
            delivered.append(mail)

        outbox = Outbox(deliver)

        async def customer(mail, when):
            await asyncio.sleep(when)
            if outbox.send(mail):
                accepted.append(mail)
            await asyncio.sleep(1)      # has other things to do

        async def shop():
            await asyncio.sleep(1)
            return await outbox.close()

        failed = (await asyncio.gather(*(customer(*each) for each in mails), shop()))[-1]
        return [accepted, delivered, failed, round(asyncio.get_running_loop().time() - begin, 1)]

    return asyncio.run(main())
