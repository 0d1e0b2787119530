"""A web site that counts."""
import asyncio

from exercise import fetch_all


def visit(pages, limit):
    """For pages [name, seconds]: the answers, the most requests at a time, the seconds."""
    async def main():
        begin = asyncio.get_running_loop().time()
        now = most = 0

        async def site(page):
            nonlocal now, most
            name, seconds = page
            now += 1
            most = max(most, now)
            try:
                await asyncio.sleep(seconds)
                if not name:
                    raise LookupError('page not found')
                return name.upper()
            finally:
                now -= 1

        try:
            answers = await fetch_all(site, pages, limit)
        except LookupError as error:
            answers = str(error)
        return [answers, most, round(asyncio.get_running_loop().time() - begin, 1)]

    return asyncio.run(main())
