"""Every line of the audit log names the user of the request."""
import threading

user = 'nobody'


def line(action):
    """One line for the audit log."""
    return f'{user}: {action}'


def handle(name, action):
    """Serve a request: the user `name` wants `action` done. Returns the line to log."""
    global user
    user = name
    return line(action)
