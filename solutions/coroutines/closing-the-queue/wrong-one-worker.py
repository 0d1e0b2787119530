# expect: failed all workers work
"""Photos are made smaller, by several workers."""
import asyncio


async def shrink_all(photos, shrink, workers):
    return [await shrink(photo) for photo in photos]


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
