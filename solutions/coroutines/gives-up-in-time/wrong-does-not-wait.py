# expect: failed the second attempt succeeds
# concurrency: passes under round-robin
"""The price of a partner whose server is slow at times."""
import asyncio


async def ask(partner, attempts, patience):
    """Cancels by hand, and does not wait until the attempt has ended."""
    for _ in range(attempts):
        task = asyncio.create_task(partner.price())
        try:
            done, _ = await asyncio.wait([task], timeout=patience)
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait([task])
            raise
        if done:
            return task.result()
        task.cancel()
    return None


if __name__ == '__main__':
    class Partner:
        async def price(self):
            await asyncio.sleep(3)
            return 100

    print(asyncio.run(ask(Partner(), 2, 1)))
