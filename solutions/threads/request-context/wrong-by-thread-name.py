# expect: failed each line names its own user
# concurrency: passes under round-robin
"""One user for each thread *name*; but two threads may have the same name."""
import threading

users = {}


def line(action):
    user = users.get(threading.current_thread().name, 'nobody')
    return f'{user}: {action}'


def handle(name, action):
    users[threading.current_thread().name] = name
    return line(action)
