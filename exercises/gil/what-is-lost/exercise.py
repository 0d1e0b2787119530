"""Two visitors at a turnstile."""
import threading

visitors = []
counter = 0
prize = {}
winners = []


def enter(name):
    global counter
    visitors.append(name)
    counter += 1
    if prize.setdefault('goes to', name) == name:
        winners.append(name)


threads = [threading.Thread(target=enter, args=(name,), name=name) for name in ('Ann', 'Bob')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f'list {len(visitors)}, counter {counter}, prizes {len(winners)}')
