# expect: failed all photos, and everybody goes home
# concurrency: passes under round-robin
"""Photos are made smaller, by several workers."""
import asyncio


async def shrink_all(photos, shrink, workers):
    """Whoever comes before the first photo finds the queue empty, and goes home."""
    queue, small = asyncio.Queue(maxsize=2), []

    async def upload():
        for photo in photos:
            await queue.put(photo)

    async def work():
        while not queue.empty():
            small.append(await shrink(queue.get_nowait()))

    uploading = asyncio.create_task(upload())
    working = [asyncio.create_task(work()) for _ in range(workers)]
    await asyncio.gather(*working)
    uploading.cancel()
    return small


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
