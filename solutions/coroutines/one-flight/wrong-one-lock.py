# expect: failed different rates are asked for at the same time
"""Exchange rates, asked for once."""
import asyncio


class Rates:
    def __init__(self, fetch):
        self.fetch = fetch
        self.known = {}
        self.lock = asyncio.Lock()

    async def get(self, currency):
        async with self.lock:
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
