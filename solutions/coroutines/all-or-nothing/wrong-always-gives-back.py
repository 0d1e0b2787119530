# expect: failed a trip of three parts is booked at once
"""A trip of several parts: all of them, or none."""
import asyncio


async def book(part, booked):
    """Book one part with a partner. Takes its seconds; raises if there is nothing left."""
    name, seconds = part
    await asyncio.sleep(seconds)
    if name.startswith('full'):
        raise LookupError(name)
    booked.append(name)


async def give_back(booked):
    await asyncio.sleep(1)
    booked.clear()


async def book_trip(parts, booked):
    """True if all parts are booked. If one is full, none is booked when this returns, and nothing is going on any more."""
    # begin
    booked_all = True
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(book(part, booked))
    except* LookupError:
        booked_all = False
    await give_back(booked)
    return booked_all
    # end


if __name__ == '__main__':
    booked = []
    print(asyncio.run(book_trip([['flight', 1], ['full train', 2], ['hotel', 3]], booked)), booked)
