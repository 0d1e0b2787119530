# expect: error a service that fails costs its own answer only
"""The numbers of the day, from several services."""
import asyncio
import time


async def load(services):
    """A group cancels the others when one fails."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service()) for service in services]
    return [task.result() for task in tasks]


if __name__ == '__main__':
    async def mail():
        await asyncio.sleep(1)
        return '4 letters'

    async def weather():
        await asyncio.sleep(2)
        return 'rain'

    begin = time.monotonic()
    print(asyncio.run(load([mail, weather])), f'after {time.monotonic() - begin:.1f} s')
