"""Cameras and disks."""
import threading
import time

from exercise import Buffer


def at_once(*jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_to_one(size, pictures):
    buffer, stored = Buffer(size), []

    def camera():
        for n in range(pictures):
            buffer.put(n)

    def disk():
        for _ in range(pictures):
            stored.append(buffer.get())

    at_once(camera, disk)
    return stored


def full():
    """The first picture is fetched after a second: when has the third one been put?"""
    buffer, begin, times = Buffer(2), time.monotonic(), []

    def camera():
        for n in range(3):
            buffer.put(n)
            times.append(time.monotonic() - begin)

    def disk():
        time.sleep(1)
        buffer.get()

    at_once(camera, disk)
    return times


def two_disks(size):
    """A camera takes two pictures, each disk stores one."""
    buffer, stored = Buffer(size), []

    def camera():
        buffer.put(0)
        buffer.put(1)

    def disk():
        stored.append(buffer.get())

    at_once(camera, disk, disk)
    return sorted(stored, key=str)
