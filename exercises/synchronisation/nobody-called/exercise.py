"""A guest who looks, then waits; a waiter who calls."""
import threading

ready = False
called = threading.Condition()


def guest():
    look = ready                    # without the lock
    if not look:
        with called:
            called.wait()
    print('the guest sits down')


def waiter():
    global ready
    ready = True
    with called:
        called.notify()


threads = [threading.Thread(target=guest, name='Guest'), threading.Thread(target=waiter, name='Waiter')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
