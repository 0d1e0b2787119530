"""A board with the frames of a film, for workers on other machines."""
import threading
import time


class Board:
    PATIENCE = 5

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
            if self.due.pop(frame, None) is not None:
                self.pictures.append((frame, picture))

    def finished(self):
        with self.lock:
            return not self.due


if __name__ == '__main__':
    from driver import render
    print(render(['one', 'two', 'three']))
