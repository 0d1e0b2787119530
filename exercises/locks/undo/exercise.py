"""A warehouse: pieces on the shelf, and a journal of who took one."""
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
            if who not in self.journal:
                return False
            self.journal.remove(who)
            with self.stock_lock:
                self.pieces += 1
            return True

    def audit(self):
        with self.stock_lock, self.journal_lock:
            return self.pieces + len(self.journal)


if __name__ == '__main__':
    warehouse = Warehouse(3)
    clerks = [threading.Thread(target=warehouse.take, args=(name,)) for name in ('Ann', 'Bob')]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    print('undone:', warehouse.undo('Ann'), '- pieces:', warehouse.pieces, '- journal:', warehouse.journal)
