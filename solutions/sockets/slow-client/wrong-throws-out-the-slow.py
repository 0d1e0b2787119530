# expect: failed nobody waits for a slow client
"""Who has not said anything for half a second has to leave."""


class Scoreboard:
    def __init__(self):
        self.total = 0

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            connection.settimeout(0.5)
            try:
                self.talk(connection)
            except TimeoutError:
                pass

    def talk(self, connection):
        with connection, connection.makefile('rw') as lines:
            for line in lines:
                self.total += int(line)
                print(self.total, file=lines, flush=True)
