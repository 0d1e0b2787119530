"""Passengers."""
import asyncio

from exercise import Plane


def sell(*passengers):
    """For each [name, seat, arrives, bank] the answer; who owns what; who has paid; the seconds."""
    async def main():
        begin = asyncio.get_running_loop().time()
        plane, paid = Plane(), []

        async def passenger(name, seat, arrives, bank):
            async def pay():
                await asyncio.sleep(1)
                if bank == 'refuses':
                    raise PermissionError
                paid.append(name)

            await asyncio.sleep(arrives)
            try:
                return await plane.book(seat, name, pay)
            except PermissionError:
                return 'refused'

        answers = await asyncio.gather(*(passenger(*each) for each in passengers))
        seconds = round(asyncio.get_running_loop().time() - begin, 1)
        return [answers, sorted(plane.owner.items()), sorted(paid), seconds]

    return asyncio.run(main())
