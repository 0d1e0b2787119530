"""A board with the frames of a film, for workers on other machines."""


class Board:
    PATIENCE = 5

    def __init__(self, frames):
        self.waiting = list(frames)
        self.pictures = []

    def take(self):
        """A frame to be rendered; None: none just now."""
        if self.waiting:
            return self.waiting.pop(0)
        return None

    def hand_in(self, frame, picture):
        self.pictures.append((frame, picture))

    def finished(self):
        return not self.waiting


if __name__ == '__main__':
    from driver import render
    print(render(['one', 'two', 'three']))
