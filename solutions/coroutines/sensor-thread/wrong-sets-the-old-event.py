# expect: deadlock nothing gets lost between thread and loop
# concurrency: passes under round-robin
"""A thread that measures, and tasks that wait for what it has measured."""
import asyncio
import threading
import time


class Readings:
    def __init__(self):
        self.queue = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.values, self.arrived = [], asyncio.Event()

    def measured(self, value):
        """The loop sets the event, as it should. But which event is looked up by the thread."""
        self.values.append(value)
        self.loop.call_soon_threadsafe(self.arrived.set)

    async def next(self):
        if not self.values:
            self.arrived = asyncio.Event()
            await self.arrived.wait()
        return self.values.pop(0)


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
