# expect: failed never more than that at once
"""Pages of a web site that does not want to be asked too much at once."""
import asyncio


async def fetch_all(site, pages, limit):
    """The semaphore limits how fast tasks are made, not how many of them run."""
    permits = asyncio.Semaphore(limit)
    tasks = []
    for page in pages:
        async with permits:
            tasks.append(asyncio.create_task(site(page)))
    return await asyncio.gather(*tasks)


if __name__ == '__main__':
    async def site(page):
        print('asks for', page)
        await asyncio.sleep(1)
        return page.upper()

    print(asyncio.run(fetch_all(site, ['a', 'b', 'c', 'd', 'e'], 2)))
