# expect: failed an error is for those who wait, not for ever
"""Exchange rates, asked for once."""
import asyncio


class Rates:
    def __init__(self, fetch):
        self.fetch = fetch
        self.known = {}

    async def get(self, currency):
        if currency not in self.known:
            self.known[currency] = asyncio.create_task(self.fetch(currency))
        return await self.known[currency]


if __name__ == '__main__':
    async def fetch(currency):
        print('asks for', currency)
        await asyncio.sleep(1)
        return 160.5

    async def main():
        rates = Rates(fetch)
        print(await asyncio.gather(rates.get('JPY'), rates.get('JPY')))

    asyncio.run(main())
