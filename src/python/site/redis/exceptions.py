"""What can go wrong."""


class RedisError(Exception):
    pass


class ConnectionError(RedisError):
    pass


class TimeoutError(RedisError):
    pass


class AuthenticationError(ConnectionError):
    pass


class AuthorizationError(ConnectionError):
    pass


class BusyLoadingError(ConnectionError):
    pass


class MaxConnectionsError(ConnectionError):
    pass


class InvalidResponse(RedisError):
    pass


class ResponseError(RedisError):
    pass


class DataError(RedisError):
    pass


class PubSubError(RedisError):
    pass


class WatchError(RedisError):
    pass


class NoScriptError(ResponseError):
    pass


class OutOfMemoryError(ResponseError):
    pass


class ExecAbortError(ResponseError):
    pass


class ReadOnlyError(ResponseError):
    pass


class NoPermissionError(ResponseError):
    pass


class ModuleError(ResponseError):
    pass


class AuthenticationWrongNumberOfArgsError(ResponseError):
    pass


class LockError(RedisError, ValueError):
    def __init__(self, message=None, lock_name=None):
        self.message = message
        self.lock_name = lock_name

    def __str__(self):
        return str(self.message)


class LockNotOwnedError(LockError):
    pass


class ChildDeadlockedError(Exception):
    pass


_BY_CODE = {
    "ERR": ResponseError, "OOM": OutOfMemoryError, "WRONGPASS": AuthenticationError, "EXECABORT": ExecAbortError,
    "LOADING": BusyLoadingError, "NOSCRIPT": NoScriptError, "READONLY": ReadOnlyError, "NOAUTH": AuthenticationError,
    "NOPERM": NoPermissionError,
}
_BY_MESSAGE = {
    "max number of clients reached": ConnectionError,
    "invalid password": AuthenticationError,
    "wrong number of arguments for 'auth' command": AuthenticationWrongNumberOfArgsError,
    "wrong number of arguments for 'AUTH' command": AuthenticationWrongNumberOfArgsError,
}


def error_of(text):
    """The exception that an error reply is; codes that have a class of their own are not in its message."""
    code, _, message = text.partition(" ")
    kind = _BY_CODE.get(code)
    if kind is None:
        return ResponseError(text)
    if kind is ResponseError:
        kind = _BY_MESSAGE.get(message, ResponseError)
        if message.startswith("AUTH <password> called without any password configured"):
            kind = AuthenticationError
    return kind(message)
