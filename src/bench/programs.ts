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
