# expect: failed two who ask at once do not get the same frame
# concurrency: passes under round-robin
"""All of it, but the lock."""
import time


class Board:
    PATIENCE = 5

    def __init__(self, frames):
        self.due = dict.fromkeys(frames, 0)     # frame -> from when on it may be given away
        self.pictures = []

    def take(self):
        """A frame to be rendered; None: none just now."""
        now = time.monotonic()
        for frame, due in self.due.items():
            if due <= now:
                self.due[frame] = now + self.PATIENCE
                return frame
        return None

    def hand_in(self, frame, picture):
        if self.due.pop(frame, None) is not None:
            self.pictures.append((frame, picture))

    def finished(self):
        return not self.due
