"""The studio, and the workers on other machines."""
import threading
import time
from multiprocessing.managers import BaseManager

from exercise import Board


class Studio(BaseManager):
    pass


def render(frames):
    """The frames that there are pictures of, and when the film was finished."""
    board = Board(frames)
    Studio.register('board', callable=lambda: board)
    server = Studio(('', 5000), b'a long secret').get_server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while not board.finished() and time.monotonic() < 25:
        time.sleep(0.5)
    time.sleep(3)                           # what comes too late must do no harm
    return [sorted(frame for frame, picture in board.pictures), board.finished()]


def at_once(frames):
    """What several threads are given that ask at the same time."""
    board = Board(frames)
    given = []
    threads = [threading.Thread(target=lambda: given.append(board.take())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def work():
    Studio.register('board')
    studio = Studio(('studio', 5000), b'a long secret')
    studio.connect()
    board = studio.board()
    while True:
        frame = board.take()
        if frame is None:
            time.sleep(1)
            continue
        time.sleep(2)
        board.hand_in(frame, f'picture of {frame}')


if __name__ == '__main__':
    work()
