# expect: failed each setting is read once
# concurrency: passes 200 random schedules
"""Only one dictionary is kept, but it is read twice."""
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
            if _settings is None:
                _settings = found
    return _settings
