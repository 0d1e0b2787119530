# expect: failed nobody waits for a slow client
"""A thread for each connection, one after the other."""
import threading


class Scoreboard:
    def __init__(self):
        self.total = 0

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            thread = threading.Thread(target=self.talk, args=(connection,))
            thread.start()
            thread.join()

    def talk(self, connection):
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                self.total += int(line)
                print(self.total, file=lines, flush=True)
