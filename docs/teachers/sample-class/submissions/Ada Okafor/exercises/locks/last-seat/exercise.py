"""Tickets: whoever looks for a free seat takes it before anybody else may look."""
import threading


class Show:
    def __init__(self, seats):
        self.free = seats
        self.guests = []
        self.lock = threading.Lock()

    def book(self, name):
        """Sell a seat to `name`. True if there was one."""
        with self.lock:
            if self.free > 0:
                self.free -= 1
                self.guests.append(name)
                return True
            return False


if __name__ == '__main__':
    show = Show(1)

    def call(name):
        print(name, 'gets the last seat:', show.book(name))

    for caller in ('Ana', 'Ben'):
        threading.Thread(target=call, args=(caller,)).start()
