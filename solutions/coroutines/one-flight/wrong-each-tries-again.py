# expect: failed an error is for those who wait, not for ever
"""Exchange rates, asked for once."""
import asyncio


class Rates:
    def __init__(self, fetch):
        self.fetch = fetch
        self.known = {}
        self.locks = {}

    async def get(self, currency):
        """Those who wait for the lock find nothing, and make attempts of their own, one after the other."""
        async with self.locks.setdefault(currency, asyncio.Lock()):
            if currency not in self.known:
                self.known[currency] = await self.fetch(currency)
            return self.known[currency]


if __name__ == '__main__':
    async def fetch(currency):
        print('asks for', currency)
        await asyncio.sleep(1)
        return 160.5

    async def main():
        rates = Rates(fetch)
        print(await asyncio.gather(rates.get('JPY'), rates.get('JPY')))

    asyncio.run(main())
