"""Two people edit one page."""
import asyncio

page = 'Welcome.'


async def ask_server():
    await asyncio.sleep(0)              # it answers at once


async def add(sentence):
    global page
    text = page
    await ask_server()                  # is the spelling right?
    page = text + sentence


async def log_in_and_add(sentence):
    await ask_server()
    await add(sentence)


async def main():
    ann = asyncio.create_task(add(' Ann was here.'), name='Ann')
    bob = asyncio.create_task(log_in_and_add(' Bob, too.'), name='Bob')
    await ann
    await bob
    print(page)


asyncio.run(main())
