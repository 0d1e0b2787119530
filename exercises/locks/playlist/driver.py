"""Guests with telephones."""
import threading
import time

from exercise import Playlist


class Loud(Playlist):
    """Whatever is added, is added in capitals."""

    def add(self, song):
        super().add(song.upper())


def party(albums, songs):
    """One thread for each album and for each song, all at the same moment. The playlist in the end."""
    playlist = Playlist()

    def press(button, music):
        time.sleep(1)
        button(music)

    threads = [threading.Thread(target=press, args=(playlist.add_album, album)) for album in albums]
    threads += [threading.Thread(target=press, args=(playlist.add, song)) for song in songs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return playlist.songs


def loud(album):
    playlist = Loud()
    playlist.add_album(album)
    return playlist.songs
