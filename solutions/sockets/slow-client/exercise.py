"""A scoreboard that anybody may add points to, over the network."""
import threading


class Scoreboard:
    def __init__(self):
        self.total = 0
        self.lock = threading.Lock()

    def serve(self, listener):
        """Serves everybody who connects."""
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        """Each line is a number of points; the answer is the sum so far."""
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                with self.lock:
                    self.total += int(line)
                    total = self.total
                print(total, file=lines, flush=True)
