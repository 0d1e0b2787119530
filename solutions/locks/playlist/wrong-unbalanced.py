# expect: deadlock no song gets into an album
"""Acquired three times, released twice: an RLock counts."""
import threading


class Playlist:
    def __init__(self):
        self.songs = []
        self.lock = threading.RLock()

    def add(self, song):
        with self.lock:
            self.songs.append(song)

    def add_album(self, songs):
        self.lock.acquire()
        for song in songs:
            self.add(song)
