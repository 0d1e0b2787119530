# expect: failed an error is passed on
"""Pages of a web site that does not want to be asked too much at once."""
import asyncio


async def fetch_all(site, pages, limit):
    permits, answers = asyncio.Semaphore(limit), [None] * len(pages)

    async def fetch(place, page):
        async with permits:
            answers[place] = await site(page)

    await asyncio.wait([asyncio.create_task(fetch(*each)) for each in enumerate(pages)])
    return answers


if __name__ == '__main__':
    async def site(page):
        print('asks for', page)
        await asyncio.sleep(1)
        return page.upper()

    print(asyncio.run(fetch_all(site, ['a', 'b', 'c', 'd', 'e'], 2)))
