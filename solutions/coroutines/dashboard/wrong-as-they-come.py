# expect: failed the answers stand in the order of the services
# concurrency: passes under round-robin
"""The numbers of the day, from several services."""
import asyncio
import time


async def load(services):
    """Whoever answers first stands first."""
    answers = []

    async def ask(service):
        try:
            answers.append(await service())
        except Exception:
            answers.append('no answer')

    await asyncio.gather(*(ask(service) for service in services))
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
