# expect: failed taking and undoing do not wait for each other
# concurrency: passes 200 random schedules
"""Does not wait, and so sometimes does not undo."""
import threading


class Warehouse:
    def __init__(self, pieces):
        self.pieces = pieces
        self.journal = []
        self.stock_lock = threading.Lock()
        self.journal_lock = threading.Lock()

    def take(self, who):
        with self.stock_lock:
            if self.pieces == 0:
                return False
            self.pieces -= 1
            with self.journal_lock:
                self.journal.append(who)
            return True

    def undo(self, who):
        with self.journal_lock:
            if who not in self.journal or not self.stock_lock.acquire(blocking=False):
                return False
            self.journal.remove(who)
            self.pieces += 1
            self.stock_lock.release()
            return True

    def audit(self):
        with self.stock_lock, self.journal_lock:
            return self.pieces + len(self.journal)
