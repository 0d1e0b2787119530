"""A web server with a thread for each request."""
import threading
import time

import exercise


def serve(requests):
    """All requests come at the same moment. The logged lines in the order of the requests."""
    lines = [None] * len(requests)

    def work(place):
        time.sleep(1)
        lines[place] = exercise.handle(*requests[place])

    threads = [threading.Thread(target=work, args=(place,), name='worker') for place in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lines


def clean_up(name, action):
    """Serves a request, then runs a background job: the line that the job logs."""
    lines = []
    exercise.handle(name, action)
    job = threading.Thread(target=lambda: lines.append(exercise.line('clean up')), name='cleaner')
    job.start()
    job.join()
    return lines
