"""Photos, and a machine that makes them smaller."""
import asyncio

from exercise import shrink_all


def day(photos, workers):
    """What comes out, sorted; the seconds; how many photos had been fetched when the first was done."""
    async def main():
        begin = asyncio.get_running_loop().time()
        fetched, after_one = 0, []

        def camera():
            nonlocal fetched
            for photo in photos:
                fetched += 1
                yield photo

        async def shrink(photo):
            await asyncio.sleep(1)
            after_one.append(fetched)
            return photo.lower()

        small = await shrink_all(camera(), shrink, workers)
        return [sorted(small), round(asyncio.get_running_loop().time() - begin, 1), min(after_one, default=0)]

    return asyncio.run(main())
