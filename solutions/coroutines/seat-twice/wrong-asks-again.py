# expect: failed a seat is sold once
"""Seats of an aeroplane."""
import asyncio


class Plane:
    def __init__(self):
        self.owner = {}

    async def book(self, seat, name, pay):
        """Nobody sits on anybody's lap. But Bob has paid."""
        if seat in self.owner:
            return False
        await pay()
        return self.owner.setdefault(seat, name) == name


if __name__ == '__main__':
    async def pay():
        await asyncio.sleep(1)

    async def main():
        plane = Plane()
        print(await asyncio.gather(plane.book('12A', 'Ann', pay), plane.book('12A', 'Bob', pay)), plane.owner)

    asyncio.run(main())
