"""An evening in a chat room."""
import asyncio

from exercise import Room


def evening(members, texts, leaves=None):
    """Members are [name, seconds that their line takes], texts [text, when]. For each member what arrived, and when."""
    async def main():
        clock = asyncio.get_running_loop().time
        begin, room = clock(), Room()
        read = {name: [] for name, _ in members}
        for name, seconds in members:
            async def send(text, name=name, seconds=seconds):
                await asyncio.sleep(seconds)
                read[name].append([text, round(clock() - begin, 1)])
            room.join(name, send)

        async def speak(text, when):
            await asyncio.sleep(when)
            await room.say(text)

        speakers = [asyncio.create_task(speak(*each)) for each in texts]
        if leaves:
            await asyncio.sleep(0.5)
            room.leave(leaves)
        await asyncio.gather(*speakers)
        await asyncio.sleep(20)
        return read

    return asyncio.run(main())
