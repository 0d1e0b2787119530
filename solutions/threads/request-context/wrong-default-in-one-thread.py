# expect: failed a thread that serves nobody says so
"""The default is set by the importing thread, for the importing thread."""
import threading

request = threading.local()
request.user = 'nobody'


def line(action):
    return f'{request.user}: {action}'


def handle(name, action):
    request.user = name
    return line(action)
