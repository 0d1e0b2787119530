"""Photos are made smaller, by several workers."""
import asyncio


END = object()


async def shrink_all(photos, shrink, workers):
    queue, small = asyncio.Queue(maxsize=2), []

    async def upload():
        for photo in photos:
            await queue.put(photo)
        await queue.put(END)

    async def work():
        while (photo := await queue.get()) is not END:
            small.append(await shrink(photo))

    await asyncio.gather(upload(), *(work() for _ in range(workers)))
    return small


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
