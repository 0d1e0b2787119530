"""What can go wrong, with requests' names and hierarchy."""
from json import JSONDecodeError as _JSONDecodeError


class RequestException(OSError):
    """There was an exception while the request was handled. `request` and `response`, if there are."""

    def __init__(self, *args, **kwargs):
        self.response = kwargs.pop("response", None)
        self.request = kwargs.pop("request", None)
        if self.request is None and self.response is not None:
            self.request = self.response.request
        super().__init__(*args, **kwargs)


class InvalidJSONError(RequestException):
    """What was to be sent is no JSON."""


class JSONDecodeError(InvalidJSONError, _JSONDecodeError):
    """What came is no JSON."""

    def __init__(self, *args, **kwargs):
        _JSONDecodeError.__init__(self, *args)
        InvalidJSONError.__init__(self, *self.args, **kwargs)

    def __reduce__(self):
        return _JSONDecodeError.__reduce__(self)


class HTTPError(RequestException):
    """An answer whose status says that it went wrong (raise_for_status)."""


class ConnectionError(RequestException):
    """There is no connection, or no longer."""


class SSLError(ConnectionError):
    """Never raised here: there is no TLS."""


class ProxyError(ConnectionError):
    """Never raised here: there are no proxies."""


class Timeout(RequestException):
    """It took too long: ConnectTimeout or ReadTimeout."""


class ConnectTimeout(ConnectionError, Timeout):
    """There was no connection in time. It is safe to try again."""


class ReadTimeout(Timeout):
    """The server sent nothing for so long."""


class URLRequired(RequestException):
    """There is no URL."""


class TooManyRedirects(RequestException):
    pass


class MissingSchema(RequestException, ValueError):
    """The URL has no http:// or https:// before it."""


class InvalidSchema(RequestException, ValueError):
    pass


class InvalidURL(RequestException, ValueError):
    pass


class InvalidHeader(RequestException, ValueError):
    pass


class ChunkedEncodingError(RequestException):
    """The connection has ended in the middle of an answer."""


class ContentDecodingError(RequestException):
    pass


class StreamConsumedError(RequestException, TypeError):
    pass
