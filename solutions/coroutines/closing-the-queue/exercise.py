"""Photos are made smaller, by several workers."""
import asyncio


async def shrink_all(photos, shrink, workers):
    queue, small = asyncio.Queue(maxsize=2), []

    async def upload():
        for photo in photos:
            await queue.put(photo)
        queue.shutdown()

    async def work():
        while True:
            try:
                photo = await queue.get()
            except asyncio.QueueShutDown:
                return
            small.append(await shrink(photo))

    await asyncio.gather(upload(), *(work() for _ in range(workers)))
    return small


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
