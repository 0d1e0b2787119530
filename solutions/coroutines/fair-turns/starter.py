"""A scheduler for generators that yield the seconds they want to sleep."""
import heapq
import itertools
import time


def run(*tasks):
    """Run all tasks to their end. Who is to be woken first comes first."""
    number = itertools.count()
    # begin
    seconds = next(task)
    while sleeping:
    heapq.heappush(sleeping, (time.monotonic() + seconds, next(number), task))
    except StopIteration:
    time.sleep(seconds)
    wake, _, task = heapq.heappop(sleeping)
    try:
    time.sleep(max(0, wake - time.monotonic()))
    sleeping = [(0, next(number), task) for task in tasks]
    continue
    # end


def walk(name, seconds, steps, seen):
    for _ in range(steps):
        seen.append(f'{name} {time.monotonic():.0f}')
        yield seconds


def stroll():
    seen = []
    run(walk('Ann', 2, 3, seen), walk('Bob', 3, 2, seen))
    return seen


if __name__ == '__main__':
    print(stroll())
