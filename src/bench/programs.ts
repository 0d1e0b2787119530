/** What the benchmark runs. */
import type { Program } from '../worker/protocol.ts';

const FILE = 'bench.py';

function program(source: string, name: string, ...args: readonly unknown[]): Program {
  return { files: { [FILE]: source }, entry: { kind: 'call', file: FILE, function: name, args } };
}

/** Two threads pay into one account, unprotected: the program that is explored everywhere. */
export const LOST_UPDATE = program(
  `
import threading

balance = 0

def deposit():
    global balance
    balance = balance + 10

def main():
    global balance
    balance = 0
    threads = [threading.Thread(target=deposit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return balance
`,
  'main',
);

/** Three threads, the least of what can be lost in more than one way. */
export const THREE_DEPOSITS = program(
  `
import threading

balance = 0

def deposit():
    global balance
    balance = balance + 10

def main():
    global balance
    balance = 0
    threads = [threading.Thread(target=deposit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return balance
`,
  'main',
);

/** Three philosophers, a fork for each: everyone takes the left one, then the right one, and eats once. */
export const PHILOSOPHERS = program(
  `
import threading

def main():
    forks = [threading.Lock() for _ in range(3)]
    meals = [0, 0, 0]

    def dine(seat):
        with forks[seat]:
            with forks[(seat + 1) % 3]:
                meals[seat] += 1

    threads = [threading.Thread(target=dine, args=(seat,)) for seat in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return meals
`,
  'main',
);

const LOOP = `
def work(n):
    total = 0
    for i in range(n):
        total += i * i % 7
    return total
`;

/** The loop alone, for an interpreter that has no threads. */
export const LOOP_SOURCE = LOOP;

/** Two threads that compute and share nothing. */
export const cpuBound = (n: number): Program =>
  program(
    `import threading
${LOOP}
def main(n):
    threads = [threading.Thread(target=work, args=(n // 2,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
`,
    'main',
    n,
  );

/** Two threads that hand over to each other n times each. */
export const handOvers = (n: number): Program =>
  program(
    `
import threading, time

def work(n):
    for _ in range(n):
        time.sleep(0)

def main(n):
    threads = [threading.Thread(target=work, args=(n,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
`,
    'main',
    n,
  );

/** Starts so many processes, one after the other, by the start method that makes each from nothing. */
export const spawns = (n: number): Program =>
  program(
    `
from multiprocessing import get_context

def nothing():
    pass

def main(n):
    for _ in range(n):
        process = get_context('spawn').Process(target=nothing)
        process.start()
        process.join()
`,
    'main',
    n,
  );

/** As `handOvers`, but they are two processes. */
export const processHandOvers = (n: number): Program =>
  program(
    `
import os, time

def work(n):
    for _ in range(n):
        time.sleep(0)

def main(n):
    if os.fork() == 0:
        work(n)
        os._exit(0)
    work(n)
    os.wait()
`,
    'main',
    n,
  );

/** So many processes at one time. */
export const crowd = (n: number): Program =>
  program(
    `
import os

def main(n):
    r, w = os.pipe()
    for _ in range(n):
        if os.fork() == 0:
            os.read(r, 1)
            os._exit(0)
    os.write(w, bytes(n))
    for _ in range(n):
        os.wait()
`,
    'main',
    n,
  );

/** Six jobs that each sleep up to three seconds, four at a time, as in a well-known tutorial. */
export const POOL_OF_FOUR: Program = {
  files: {
    'pool.py': `
import random, time
from multiprocessing import Pool

def job(n):
    time.sleep(random.random() * 3)
    return n

if __name__ == '__main__':
    pool = Pool(4)
    results = [pool.apply_async(job, args=(n,)) for n in range(6)]
    pool.close()
    pool.join()
    print([result.get() for result in results])
`,
  },
  entry: { kind: 'script', file: 'pool.py' },
};

/** Computes two pieces in one process, then in a pool of two: prints how many times as fast that was. */
export const SPEED_UP: Program = {
  files: {
    'speed.py': `
import time
from multiprocessing import get_context
${LOOP}
N = 12_000_000

if __name__ == '__main__':
    with get_context('fork').Pool(1) as one, get_context('fork').Pool(2) as two:
        # All of them are there, and nothing else boots any more.
        one.map(time.sleep, [1])
        two.map(time.sleep, [1, 1], chunksize=1)
        for _ in range(3):
            times = []
            for pool in (one, two):
                begin = time.perf_counter()
                pool.map(work, [N, N], chunksize=1)
                times.append(time.perf_counter() - begin)
            print(times[0] / times[1])
`,
  },
  entry: { kind: 'script', file: 'speed.py' },
};
