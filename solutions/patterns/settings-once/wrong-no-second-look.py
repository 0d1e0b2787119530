# expect: failed each setting is read once
# concurrency: passes 200 random schedules
"""Both find nothing, and both read."""
import threading

_settings = None
_lock = threading.Lock()


def read(name):
    """Stands for a look into a file."""
    return {'currency': 'EUR', 'tax': 19}[name]


def settings():
    global _settings
    if _settings is None:
        found = {'currency': read('currency'), 'tax': read('tax')}
        with _lock:
            _settings = found
    return _settings
