# expect: failed never more than that at once
# concurrency: passes under round-robin
"""Pages of a web site that does not want to be asked too much at once."""
import asyncio


async def fetch_all(site, pages, limit):
    """Starts a task when there is room. `sleep(0)` is to let it begin, but nobody promises that it does."""
    now, changed, tasks = 0, asyncio.Event(), []

    async def fetch(page):
        nonlocal now
        now += 1
        try:
            return await site(page)
        finally:
            now -= 1
            changed.set()

    for page in pages:
        while now >= limit:
            changed.clear()
            await changed.wait()
        tasks.append(asyncio.create_task(fetch(page)))
        await asyncio.sleep(0)
    return [await task for task in tasks]


if __name__ == '__main__':
    async def site(page):
        print('asks for', page)
        await asyncio.sleep(1)
        return page.upper()

    print(asyncio.run(fetch_all(site, ['a', 'b', 'c', 'd', 'e'], 2)))
