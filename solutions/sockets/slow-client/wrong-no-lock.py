# expect: failed no points are lost
# concurrency: passes under round-robin
"""A thread for each connection, and a sum for all of them."""
import threading


class Scoreboard:
    def __init__(self):
        self.total = 0

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                self.total += int(line)
                print(self.total, file=lines, flush=True)
