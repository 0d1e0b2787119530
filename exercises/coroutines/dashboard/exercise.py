"""The numbers of the day, from several services."""
import asyncio
import time


async def load(services):
    answers = []
    for service in services:
        answers.append(await service())
    return answers


if __name__ == '__main__':
    async def mail():
        await asyncio.sleep(1)
        return '4 letters'

    async def weather():
        await asyncio.sleep(2)
        return 'rain'

    begin = time.monotonic()
    print(asyncio.run(load([mail, weather])), f'after {time.monotonic() - begin:.1f} s')
