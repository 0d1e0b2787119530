"""Services that answer after a while."""
import asyncio
import time

from exercise import load


def page(services):
    """For each [name, seconds] a service; a name that is empty raises. The answers, and the seconds it took."""
    def service(name, seconds):
        async def ask():
            await asyncio.sleep(seconds)
            if not name:
                raise ConnectionError('nobody there')
            return name.upper()
        return ask

    async def main():
        begin = time.monotonic()
        answers = await load([service(*each) for each in services])
        return [answers, round(time.monotonic() - begin, 2)]

    return asyncio.run(main())
