# expect: failed every frame gets its picture, whatever one crash does
"""Remembers what is missing, and gives it to nobody."""
import threading


class Board:
    PATIENCE = 5

    def __init__(self, frames):
        self.waiting = list(frames)
        self.missing = set(frames)
        self.pictures = []
        self.lock = threading.Lock()

    def take(self):
        with self.lock:
            return self.waiting.pop(0) if self.waiting else None

    def hand_in(self, frame, picture):
        with self.lock:
            if frame in self.missing:
                self.missing.remove(frame)
                self.pictures.append((frame, picture))

    def finished(self):
        with self.lock:
            return not self.missing
