# expect: failed a seat that is not paid for is free
"""Seats of an aeroplane."""
import asyncio


class Plane:
    def __init__(self):
        self.owner = {}

    async def book(self, seat, name, pay):
        """Reserves before it awaits. But Bob is sent away by somebody who cannot pay."""
        if self.owner.setdefault(seat, name) != name:
            return False
        try:
            await pay()
        except BaseException:
            del self.owner[seat]
            raise
        return True


if __name__ == '__main__':
    async def pay():
        await asyncio.sleep(1)

    async def main():
        plane = Plane()
        print(await asyncio.gather(plane.book('12A', 'Ann', pay), plane.book('12A', 'Bob', pay)), plane.owner)

    asyncio.run(main())
