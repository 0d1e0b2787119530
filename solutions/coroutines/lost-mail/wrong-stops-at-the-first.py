# expect: error what fails is told
"""Mail that is sent in the background."""
import asyncio


class Outbox:
    def __init__(self, deliver):
        self.deliver = deliver
        self.tasks = {}
        self.closed = False

    def send(self, mail):
        if self.closed:
            return False
        self.tasks[asyncio.create_task(self.deliver(mail))] = mail
        return True

    async def close(self):
        self.closed = True
        await asyncio.gather(*self.tasks)
        return []


if __name__ == '__main__':
    async def deliver(mail):
        await asyncio.sleep(1)
        if '@' not in mail:
            raise ValueError(mail)
        print('delivered', mail)

    async def main():
        outbox = Outbox(deliver)
        outbox.send('ann@example.org')
        outbox.send('bob')
        print('not delivered:', await outbox.close())

    asyncio.run(main())
