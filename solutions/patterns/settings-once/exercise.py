"""Settings that are read when they are first needed."""
import threading

_settings = None
_lock = threading.Lock()


def read(name):
    """Stands for a look into a file."""
    return {'currency': 'EUR', 'tax': 19}[name]


def settings():
    global _settings
    if _settings is None:
        with _lock:
            if _settings is None:
                found = {}
                found['currency'] = read('currency')
                found['tax'] = read('tax')
                _settings = found
    return _settings


if __name__ == '__main__':
    threads = [threading.Thread(target=lambda: print(settings())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
