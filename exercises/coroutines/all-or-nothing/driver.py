"""A customer who looks again later."""
import asyncio

from exercise import book_trip


def plan(*parts):
    """For parts [name, seconds]: the answer, what is booked then, and what is booked five seconds later."""
    booked = []

    async def main():
        done = await book_trip(parts, booked)
        seen = list(booked)
        await asyncio.sleep(5)
        return [done, seen, booked]

    return asyncio.run(main())
