"""A sensor, and somebody who reads it."""
import asyncio
import threading
import time

from exercise import Readings


def watch(values, pause):
    """The values as they arrived, and when."""
    async def main():
        readings, begin = Readings(), time.monotonic()

        def sensor():
            for value in values:
                if pause:
                    time.sleep(pause)
                readings.measured(value)

        thread = threading.Thread(target=sensor, name='Sensor')
        thread.start()
        seen = []
        for _ in values:
            value = await readings.next()
            seen.append([value, round(time.monotonic() - begin, 1)])
        thread.join()
        return seen

    return asyncio.run(main())
