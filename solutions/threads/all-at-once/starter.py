"""Three services, one second each."""
import threading
import time

answers = {}


def fetch(service):
    time.sleep(1)
    answers[service] = len(service)


def fetch_all(services):
    # begin
    return sorted(answers.items())
    for thread in threads:
    thread.join()
    threads = [threading.Thread(target=fetch, args=(service,)) for service in services]
    thread.run()
    for thread in threads:
    thread.start()
    # end


if __name__ == '__main__':
    print(fetch_all(['mail', 'weather', 'stocks']))
