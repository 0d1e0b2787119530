# expect: failed no points are lost
# concurrency: passes under round-robin
"""The sum is right, and the answer is somebody else's."""
import threading


class Scoreboard:
    def __init__(self):
        self.total = 0
        self.lock = threading.Lock()

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                with self.lock:
                    self.total += int(line)
                print(self.total, file=lines, flush=True)
