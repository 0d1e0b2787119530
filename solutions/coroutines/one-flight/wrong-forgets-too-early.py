# expect: failed also for those who come just then
# concurrency: passes under round-robin
"""Exchange rates, asked for once."""
import asyncio


class Rates:
    def __init__(self, fetch):
        self.fetch = fetch
        self.known = {}
        self.flights = {}

    async def get(self, currency):
        """When the task is done it is forgotten, and the rate is known only when the first one goes on."""
        if currency in self.known:
            return self.known[currency]
        if currency not in self.flights:
            task = asyncio.create_task(self.fetch(currency))
            self.flights[currency] = task
            task.add_done_callback(lambda _: self.flights.pop(currency))
        rate = await self.flights[currency]
        self.known[currency] = rate
        return rate


if __name__ == '__main__':
    async def fetch(currency):
        print('asks for', currency)
        await asyncio.sleep(1)
        return 160.5

    async def main():
        rates = Rates(fetch)
        print(await asyncio.gather(rates.get('JPY'), rates.get('JPY')))

    asyncio.run(main())
