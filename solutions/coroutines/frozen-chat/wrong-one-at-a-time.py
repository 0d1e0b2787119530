# expect: failed texts are translated at the same time
"""A chat that translates what is written."""
import asyncio
import time


class Translator:
    """An old library. It blocks, and may be called by several threads at the same time."""

    def translate(self, text):
        time.sleep(2)
        return text.upper()


class Chat:
    def __init__(self, translator):
        self.translator = translator
        self.letters = 0                # translated so far: they have to be paid for
        self.lock = asyncio.Lock()

    async def say(self, text):
        """Nothing is frozen, nothing is lost, and everybody waits for everybody."""
        async with self.lock:
            translated = await asyncio.to_thread(self.translator.translate, text)
            self.letters += len(text)
        return translated


if __name__ == '__main__':
    async def main():
        chat = Chat(Translator())
        begin = time.monotonic()
        print(await asyncio.gather(chat.say('hello'), chat.say('who is there?')), chat.letters, 'letters')
        print(f'{time.monotonic() - begin:.1f} s')

    asyncio.run(main())
