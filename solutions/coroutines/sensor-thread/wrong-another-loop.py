# expect: deadlock what is measured arrives
"""A thread that measures, and tasks that wait for what it has measured."""
import asyncio
import threading
import time


class Readings:
    def __init__(self):
        self.queue = asyncio.Queue()

    def measured(self, value):
        """A loop of the thread's own: the queue belongs to the other one."""
        asyncio.run(self.queue.put(value))

    async def next(self):
        return await self.queue.get()


if __name__ == '__main__':
    async def main():
        readings = Readings()

        def sensor():
            for value in (20.5, 21.0):
                time.sleep(1)
                readings.measured(value)

        threading.Thread(target=sensor).start()
        print(await readings.next(), await readings.next())

    asyncio.run(main())
