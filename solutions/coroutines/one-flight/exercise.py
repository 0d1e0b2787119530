"""Exchange rates, asked for once."""
import asyncio


class Rates:
    def __init__(self, fetch):
        self.fetch = fetch
        self.known = {}
        self.flights = {}

    async def get(self, currency):
        if currency not in self.flights:
            task = asyncio.create_task(self.fetch(currency))
            self.flights[currency] = task
            task.add_done_callback(lambda task: self._landed(currency, task))
        return await self.flights[currency]

    def _landed(self, currency, task):
        if task.exception():
            del self.flights[currency]


if __name__ == '__main__':
    async def fetch(currency):
        print('asks for', currency)
        await asyncio.sleep(1)
        return 160.5

    async def main():
        rates = Rates(fetch)
        print(await asyncio.gather(rates.get('JPY'), rates.get('JPY')))

    asyncio.run(main())
