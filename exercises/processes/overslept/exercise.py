"""Wait for a child by sleeping until a signal comes."""
import os
import signal

ended = False


def child_ended(signum, frame):
    global ended
    ended = True


signal.signal(signal.SIGCHLD, child_ended)
if os.fork() == 0:
    os._exit(0)
while not ended:
    signal.pause()
print('the child has ended')
