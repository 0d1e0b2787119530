# expect: failed a mail that comes as it closes
# concurrency: passes under round-robin
"""Mail that is sent in the background."""
import asyncio


class Outbox:
    def __init__(self, deliver):
        self.deliver = deliver
        self.under_way = set()
        self.failed = []
        self.closed = False

    async def _deliver(self, mail):
        """Registers itself when it begins. Who has been accepted and has not begun by then, close() does not see."""
        self.under_way.add(asyncio.current_task())
        try:
            await self.deliver(mail)
        except Exception:
            self.failed.append(mail)

    def send(self, mail):
        if self.closed:
            return False
        asyncio.create_task(self._deliver(mail))
        return True

    async def close(self):
        self.closed = True
        await asyncio.sleep(0)          # lets the last one begin
        await asyncio.gather(*self.under_way)
        return self.failed


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
