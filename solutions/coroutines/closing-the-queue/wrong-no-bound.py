# expect: failed the queue stays small
"""Photos are made smaller, by several workers."""
import asyncio


async def shrink_all(photos, shrink, workers):
    queue, small = asyncio.Queue(), []

    async def work():
        while not queue.empty():
            small.append(await shrink(queue.get_nowait()))

    for photo in photos:
        queue.put_nowait(photo)
    await asyncio.gather(*(work() for _ in range(workers)))
    return small


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
