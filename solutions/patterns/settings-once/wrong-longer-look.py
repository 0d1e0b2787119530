# expect: failed nobody sees half of the settings
# concurrency: passes 200 random schedules
"""Empty is not the only kind of unfinished."""
import threading

_settings = None
_lock = threading.Lock()


def read(name):
    """Stands for a look into a file."""
    return {'currency': 'EUR', 'tax': 19}[name]


def settings():
    global _settings
    if not _settings:
        with _lock:
            if not _settings:
                _settings = {}
                _settings['currency'] = read('currency')
                _settings['tax'] = read('tax')
    return _settings
