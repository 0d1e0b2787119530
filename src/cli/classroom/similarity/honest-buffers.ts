/** Answers to synchronisation/bounded-buffer that have nothing to do with each other; for tests. */

export const HONEST: Readonly<Record<string, string>> = {
  one_condition: `"""A buffer between a camera and a disk."""
import threading


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while len(self.items) >= self.size:
                self.changed.wait()
            self.items.append(item)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            while not self.items:
                self.changed.wait()
            first = self.items.pop(0)
            self.changed.notify_all()
            return first
`,
  semaphores: `import threading
from collections import deque


class Buffer:
    def __init__(self, size):
        self.items = deque()
        self.free = threading.Semaphore(size)
        self.used = threading.Semaphore(0)

    def put(self, item):
        self.free.acquire()
        self.items.append(item)
        self.used.release()

    def get(self):
        self.used.acquire()
        item = self.items.popleft()
        self.free.release()
        return item
`,
  library: `import queue


class Buffer(queue.Queue):
    def __init__(self, size):
        super().__init__(maxsize=size)
`,
  polls: `import threading
import time


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.lock = threading.Lock()

    def put(self, item):
        done = False
        while not done:
            with self.lock:
                if len(self.items) < self.size:
                    self.items.append(item)
                    done = True
            if not done:
                time.sleep(0.01)

    def get(self):
        while True:
            self.lock.acquire()
            try:
                if len(self.items) > 0:
                    return self.items.pop(0)
            finally:
                self.lock.release()
            time.sleep(0.01)
`,
  ring: `import threading


class Buffer:
    def __init__(self, size):
        self.ring = [None] * size
        self.first = self.count = 0
        lock = threading.RLock()
        self.not_full = threading.Condition(lock)
        self.not_empty = threading.Condition(lock)

    def put(self, item):
        self.not_full.acquire()
        try:
            self.not_full.wait_for(lambda: self.count < len(self.ring))
            self.ring[(self.first + self.count) % len(self.ring)] = item
            self.count += 1
            self.not_empty.notify()
        finally:
            self.not_full.release()

    def get(self):
        self.not_empty.acquire()
        try:
            self.not_empty.wait_for(lambda: self.count)
            item, self.ring[self.first] = self.ring[self.first], None
            self.first = (self.first + 1) % len(self.ring)
            self.count -= 1
            self.not_full.notify()
            return item
        finally:
            self.not_empty.release()
`,
  events: `from threading import Event, Lock


class Buffer:
    def __init__(self, size):
        self.size, self.items = size, []
        self.guard, self.room, self.something = Lock(), Event(), Event()
        self.room.set()

    def put(self, item):
        while True:
            self.room.wait()
            with self.guard:
                if self.room.is_set():
                    self.items += [item]
                    self.something.set()
                    if len(self.items) == self.size:
                        self.room.clear()
                    return

    def get(self):
        while True:
            self.something.wait()
            with self.guard:
                if self.something.is_set():
                    item, *self.items = self.items
                    self.room.set()
                    if self.items == []:
                        self.something.clear()
                    return item
`,
};

/** `one_condition` with other names, other comments and layout, a type, and its methods the other way round. */
export const COPY = `# My own work! 2026
import threading

class Buffer:

    def get(box):
        """Take one out."""
        with box.signal:
            while not box.pictures:  # nothing yet
                box.signal.wait()
            oldest = (
                box.pictures.pop(0)
            )
            box.signal.notify_all()
            return oldest

    def put(box, picture):
        with box.signal:
            while len(box.pictures) >= box.capacity: box.signal.wait()
            box.pictures.append(picture,)
            box.signal.notify_all()

    def __init__(box, capacity: int):
        box.capacity = capacity; box.pictures = []
        box.signal = threading.Condition()
`;
