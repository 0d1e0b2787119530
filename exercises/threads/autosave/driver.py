"""Somebody types."""
import time

from exercise import Autosave


def edit(delay, pauses):
    """Types a key and then pauses, for each of `pauses`. The moments of the saves."""
    begin = time.monotonic()
    saves = []
    autosave = Autosave(delay, lambda: saves.append(round(time.monotonic() - begin, 3)))
    for pause in pauses:
        autosave.changed()
        if pause:
            time.sleep(pause)
    return saves


def close(delay, pause):
    """Types a key, pauses, closes, and looks much later at what was saved."""
    saves = []
    autosave = Autosave(delay, lambda: saves.append('saved'))
    autosave.changed()
    time.sleep(pause)
    autosave.close()
    time.sleep(2 * delay)
    return saves


def leave(delay):
    """Types a key and ends."""
    Autosave(delay, lambda: print('saved')).changed()
