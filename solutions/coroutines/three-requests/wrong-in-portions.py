# expect: failed the quick do not wait for the slow
"""Pages of a web site that does not want to be asked too much at once."""
import asyncio


async def fetch_all(site, pages, limit):
    answers = []
    for first in range(0, len(pages), limit):
        answers += await asyncio.gather(*(site(page) for page in pages[first:first + limit]))
    return answers


if __name__ == '__main__':
    async def site(page):
        print('asks for', page)
        await asyncio.sleep(1)
        return page.upper()

    print(asyncio.run(fetch_all(site, ['a', 'b', 'c', 'd', 'e'], 2)))
