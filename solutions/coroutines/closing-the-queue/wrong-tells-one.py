# expect: deadlock all photos, and everybody goes home
"""Photos are made smaller, by several workers."""
import asyncio


END = object()


async def shrink_all(photos, shrink, workers):
    """Whoever finds END puts it back for the others, and waits until there is room: the last one, for ever."""
    queue, small = asyncio.Queue(maxsize=2), []

    async def upload():
        for photo in photos:
            await queue.put(photo)
        await queue.put(END)
        await queue.join()

    async def work():
        while (photo := await queue.get()) is not END:
            small.append(await shrink(photo))
            queue.task_done()
        await queue.put(END)

    await asyncio.gather(upload(), *(work() for _ in range(workers)))
    return small


if __name__ == '__main__':
    async def shrink(photo):
        await asyncio.sleep(1)
        return photo.lower()

    print(asyncio.run(shrink_all(['CAT', 'DOG', 'FOX'], shrink, workers=2)))
