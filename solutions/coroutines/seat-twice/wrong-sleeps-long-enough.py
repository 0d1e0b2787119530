# expect: failed whoever comes at the same moment gets it or not
# concurrency: passes under round-robin
"""Seats of an aeroplane."""
import asyncio


class Plane:
    def __init__(self):
        self.owner = {}
        self.paying = set()

    async def book(self, seat, name, pay):
        """The bank takes a second. Whoever has waited that long may wake up just before the one who pays."""
        if seat in self.paying:
            await asyncio.sleep(1)
        if seat in self.owner:
            return False
        self.paying.add(seat)
        await pay()
        self.owner[seat] = name
        self.paying.discard(seat)
        return True


if __name__ == '__main__':
    async def pay():
        await asyncio.sleep(1)

    async def main():
        plane = Plane()
        print(await asyncio.gather(plane.book('12A', 'Ann', pay), plane.book('12A', 'Bob', pay)), plane.owner)

    asyncio.run(main())
