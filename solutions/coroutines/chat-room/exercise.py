"""A chat room."""
import asyncio


class Room:
    def __init__(self):
        self.members = {}

    def join(self, name, send):
        queue = asyncio.Queue()
        self.members[name] = queue, asyncio.create_task(self._deliver(queue, send))

    async def _deliver(self, queue, send):
        while True:
            await send(await queue.get())

    def leave(self, name):
        _, task = self.members.pop(name)
        task.cancel()

    async def say(self, text):
        for queue, _ in self.members.values():
            queue.put_nowait(text)


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
