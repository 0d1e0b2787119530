"""Who speaks when?"""
import asyncio

spoken = []


async def speak(word):
    spoken.append(word)


async def main():
    task = asyncio.create_task(speak('task'))
    later = speak('later')
    spoken.append('main')
    await speak('coroutine')
    spoken.append('again')
    await task
    await later


asyncio.run(main())
print(*spoken)
