"""A playlist to which several threads add."""
import threading


class Playlist:
    def __init__(self):
        self.songs = []
        self.lock = threading.RLock()

    def add(self, song):
        with self.lock:
            self.songs.append(song)

    def add_album(self, songs):
        """Add all the songs, next to each other."""
        with self.lock:
            for song in songs:
                self.add(song)


if __name__ == '__main__':
    playlist = Playlist()
    playlist.add('solo')
    playlist.add_album(['one', 'two'])
    print(playlist.songs)
