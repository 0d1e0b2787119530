"""Seats of an aeroplane."""
import asyncio


class Plane:
    def __init__(self):
        self.owner = {}

    async def book(self, seat, name, pay):
        """True if the seat is theirs."""
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
