# expect: failed no song gets into an album
# concurrency: passes under round-robin
"""The album is locked against other albums, not against a single song."""
import threading


class Playlist:
    def __init__(self):
        self.songs = []
        self.lock = threading.Lock()

    def add(self, song):
        self.songs.append(song)

    def add_album(self, songs):
        with self.lock:
            for song in songs:
                self.add(song)
