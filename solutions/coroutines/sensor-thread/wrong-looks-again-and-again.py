# expect: failed what is measured arrives
"""A thread that measures, and tasks that wait for what it has measured."""
import asyncio
import threading
import time


class Readings:
    def __init__(self):
        self.queue = asyncio.Queue()

    def measured(self, value):
        self.queue.put_nowait(value)

    async def next(self):
        """Looks every 0.7 seconds: nothing gets lost, and everything is late."""
        while self.queue.empty():
            await asyncio.sleep(0.7)
        return self.queue.get_nowait()


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
