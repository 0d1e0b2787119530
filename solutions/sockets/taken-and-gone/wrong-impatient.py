# expect: failed every frame gets its picture, whatever one crash does
"""Less patience than a frame takes: both workers render the same one, and both pictures count."""
import threading
import time


class Board:
    PATIENCE = 1

    def __init__(self, frames):
        self.due = dict.fromkeys(frames, 0)     # frame -> from when on it may be given away
        self.pictures = []
        self.lock = threading.Lock()

    def take(self):
        """A frame to be rendered; None: none just now."""
        with self.lock:
            now = time.monotonic()
            for frame, due in self.due.items():
                if due <= now:
                    self.due[frame] = now + self.PATIENCE
                    return frame
            return None

    def hand_in(self, frame, picture):
        with self.lock:
            self.due.pop(frame, None)
            self.pictures.append((frame, picture))

    def finished(self):
        with self.lock:
            return not self.due
