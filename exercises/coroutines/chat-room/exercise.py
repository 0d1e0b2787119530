"""A chat room."""
import asyncio


class Room:
    def __init__(self):
        self.members = {}

    def join(self, name, send):
        self.members[name] = send

    def leave(self, name):
        del self.members[name]

    async def say(self, text):
        for send in self.members.values():
            await send(text)


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
