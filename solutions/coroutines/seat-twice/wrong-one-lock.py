# expect: failed different seats are paid for at the same time
"""Seats of an aeroplane."""
import asyncio


class Plane:
    def __init__(self):
        self.owner = {}
        self.lock = asyncio.Lock()

    async def book(self, seat, name, pay):
        async with self.lock:
            if seat in self.owner:
                return False
            await pay()
            self.owner[seat] = name
            return True


if __name__ == '__main__':
    async def pay():
        await asyncio.sleep(1)

    async def main():
        plane = Plane()
        print(await asyncio.gather(plane.book('12A', 'Ann', pay), plane.book('12A', 'Bob', pay)), plane.owner)

    asyncio.run(main())
