# expect: failed no song gets into an album
# concurrency: passes under round-robin
"""Without the outer lock each song is safe, and the album is not."""
import threading


class Playlist:
    def __init__(self):
        self.songs = []
        self.lock = threading.Lock()

    def add(self, song):
        with self.lock:
            self.songs.append(song)

    def add_album(self, songs):
        for song in songs:
            self.add(song)
