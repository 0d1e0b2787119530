"""The price of a partner whose server is slow at times."""
import asyncio


async def ask(partner, attempts, patience):
    for _ in range(attempts):
        try:
            return await asyncio.wait_for(partner.price(), patience)
        except:
            pass                        # too slow: again
    return None


if __name__ == '__main__':
    class Partner:
        async def price(self):
            await asyncio.sleep(3)
            return 100

    print(asyncio.run(ask(Partner(), 2, 1)))
