"""A partner, and a customer."""
import asyncio

from exercise import ask


class Partner:
    def __init__(self, seconds):
        self.seconds = list(seconds)
        self.asked = self.open = 0

    async def price(self):
        """Each attempt takes the next number of seconds; a negative one raises."""
        self.asked += 1
        if self.open:
            raise ConnectionRefusedError('one connection at a time')
        self.open += 1
        seconds = self.seconds.pop(0)
        try:
            await asyncio.sleep(abs(seconds))
            if seconds < 0:
                raise PermissionError('wrong password')
            return 100
        finally:
            self.open -= 1


def shop(seconds, attempts, leaves):
    """The price, or what was raised; the number of attempts; the seconds it took; connections left open."""
    async def main():
        partner = Partner(seconds)
        begin = asyncio.get_running_loop().time()
        task = asyncio.create_task(ask(partner, attempts, 1))
        if leaves:
            await asyncio.sleep(leaves)
            task.cancel()
        try:
            answer = await task
        except (asyncio.CancelledError, OSError) as error:
            answer = type(error).__name__
        return [answer, partner.asked, round(asyncio.get_running_loop().time() - begin, 2), partner.open]

    return asyncio.run(main())
