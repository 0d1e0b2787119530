"""Visitors of a page, on Monday at nine."""
import asyncio

from exercise import Rates


def monday(*visitors):
    """For each [currency, arrives] the rate; which currencies were asked for; the seconds. The first 'XXX' fails."""
    async def main():
        begin = asyncio.get_running_loop().time()
        asked = []

        async def fetch(currency):
            asked.append(currency)
            await asyncio.sleep(1)
            if asked.count('XXX') == 1:
                raise LookupError(currency)
            return len(currency)

        rates = Rates(fetch)

        async def visitor(currency, arrives):
            await asyncio.sleep(arrives)
            try:
                return await rates.get(currency)
            except LookupError as error:
                return f'no {error}'

        found = await asyncio.gather(*(visitor(*each) for each in visitors))
        return [found, sorted(asked), round(asyncio.get_running_loop().time() - begin, 1)]

    return asyncio.run(main())


def just_then(steps):
    """The second visitor comes so many steps of the loop after the first one's answer has."""
    async def main():
        asked = []

        async def fetch(currency):
            asked.append(currency)
            await asyncio.sleep(1)
            return len(currency)

        rates = Rates(fetch)

        async def second():
            await asyncio.sleep(1)
            for _ in range(steps):
                await asyncio.sleep(0)
            await rates.get('JPY')

        await asyncio.gather(rates.get('JPY'), second())
        return len(asked)

    return asyncio.run(main())
