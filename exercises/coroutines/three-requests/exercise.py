"""Pages of a web site that does not want to be asked too much at once."""
import asyncio


async def fetch_all(site, pages, limit):
    """The answers for all pages, in their order; never more than `limit` requests at a time."""
    raise NotImplementedError


if __name__ == '__main__':
    async def site(page):
        print('asks for', page)
        await asyncio.sleep(1)
        return page.upper()

    print(asyncio.run(fetch_all(site, ['a', 'b', 'c', 'd', 'e'], 2)))
