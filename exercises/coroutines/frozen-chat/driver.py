"""People who write, and one who watches the clock."""
import asyncio

from exercise import Chat, Translator


def evening(*texts):
    """All texts at the same time: the translations, the letters, the seconds."""
    async def main():
        begin = asyncio.get_running_loop().time()
        chat = Chat(Translator())
        translated = await asyncio.gather(*(chat.say(text) for text in texts))
        return [translated, chat.letters, round(asyncio.get_running_loop().time() - begin, 1)]

    return asyncio.run(main())


def typing():
    """The longest pause of somebody who types a letter each half second, while another one's text is translated."""
    async def main():
        loop, pauses = asyncio.get_running_loop(), []

        async def person():
            for _ in range(4):
                before = loop.time()
                await asyncio.sleep(0.5)
                pauses.append(loop.time() - before)

        await asyncio.gather(person(), Chat(Translator()).say('hello'))
        return round(max(pauses), 1)

    return asyncio.run(main())
