# expect: failed the page takes as long as its slowest service
"""The numbers of the day, from several services."""
import asyncio
import time


async def load(services):
    """To make the coroutines first does not begin them."""
    coroutines = [service() for service in services]
    answers = []
    for coroutine in coroutines:
        try:
            answers.append(await coroutine)
        except Exception:
            answers.append('no answer')
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
