"""Every line of the audit log names the user of the request."""
import threading

request = threading.local()


def line(action):
    """One line for the audit log."""
    user = getattr(request, 'user', 'nobody')
    return f'{user}: {action}'


def handle(name, action):
    """Serve a request: the user `name` wants `action` done. Returns the line to log."""
    request.user = name
    return line(action)


if __name__ == '__main__':
    def serve(name, action):
        print(handle(name, action))

    for args in (('ana', 'read'), ('ben', 'delete')):
        threading.Thread(target=serve, args=args).start()
