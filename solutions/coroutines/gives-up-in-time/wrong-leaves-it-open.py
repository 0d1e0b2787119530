# expect: failed the second attempt succeeds
"""The price of a partner whose server is slow at times."""
import asyncio


async def ask(partner, attempts, patience):
    """Behind a shield the first attempt goes on."""
    for _ in range(attempts):
        try:
            return await asyncio.wait_for(asyncio.shield(partner.price()), patience)
        except TimeoutError:
            pass
    return None


if __name__ == '__main__':
    class Partner:
        async def price(self):
            await asyncio.sleep(3)
            return 100

    print(asyncio.run(ask(Partner(), 2, 1)))
