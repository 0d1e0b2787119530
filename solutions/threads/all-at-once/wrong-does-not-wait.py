# expect: failed three fetches take one second
"""Three services, one second each."""
import threading
import time

answers = {}


def fetch(service):
    time.sleep(1)
    answers[service] = len(service)


def fetch_all(services):
    # begin
    threads = [threading.Thread(target=fetch, args=(service,)) for service in services]
    for thread in threads:
        thread.start()
    return sorted(answers.items())
    # end


if __name__ == '__main__':
    print(fetch_all(['mail', 'weather', 'stocks']))
