# expect: failed everybody reads the same conversation
# concurrency: passes under round-robin
"""A chat room."""
import asyncio


class Room:
    def __init__(self):
        self.members = {}

    def join(self, name, send):
        self.members[name] = send, asyncio.Lock()

    def leave(self, name):
        del self.members[name]

    async def _deliver(self, name, text):
        """The lock keeps the texts apart. Which one comes first, it does not say."""
        send, lock = self.members[name]
        async with lock:
            if name in self.members:
                await send(text)

    async def say(self, text):
        await asyncio.gather(*(self._deliver(name, text) for name in self.members))


if __name__ == '__main__':
    async def main():
        room = Room()
        for name, seconds in (('Ann', 2), ('Bob', 0)):
            async def send(text, name=name, seconds=seconds):
                await asyncio.sleep(seconds)
                print(f'{name} reads: {text}')
            room.join(name, send)
        await room.say('hello')
        await room.say('anybody there?')
        await asyncio.sleep(10)

    asyncio.run(main())
