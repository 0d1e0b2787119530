"""Programs with a heart."""
import time

from exercise import Heartbeat


def work(interval, seconds):
    """Works for a while and ends without stopping the heart. The moments of the beats."""
    begin = time.monotonic()
    beats = []
    heart = Heartbeat(interval, lambda: beats.append(round(time.monotonic() - begin, 3)))
    heart.start()
    time.sleep(seconds)
    return beats


def stop(interval, seconds):
    """Stops the heart after a while. The number of beats when `stop` returned, and three intervals later."""
    beats = []
    heart = Heartbeat(interval, lambda: beats.append('beat'))
    heart.start()
    time.sleep(seconds)
    heart.stop()
    when_stopped = len(beats)
    time.sleep(3 * interval)
    return [when_stopped, len(beats)]


def name():
    return Heartbeat(1, print).name
