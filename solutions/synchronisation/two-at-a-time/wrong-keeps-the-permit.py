# expect: deadlock an error gives its place back
"""Who raises does not give the permit back."""
import threading


class Client:
    def __init__(self, server, limit):
        self.server = server
        self.permits = threading.Semaphore(limit)

    def fetch(self, page):
        self.permits.acquire()
        answer = self.server(page)
        self.permits.release()
        return answer
