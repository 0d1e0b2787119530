"""Session: headers that all its requests have, and connections that stay open."""
from requests._wire import Connection
from requests.exceptions import InvalidURL, TooManyRedirects
from requests.models import Cookies, PreparedRequest, split_url
from requests.structures import CaseInsensitiveDict

_MOST_IDLE = 10     # Connections to one server.


def _patience(timeout):
    """(to connect, to hear something), in seconds; None: for ever."""
    try:
        pair = tuple(timeout) if isinstance(timeout, (tuple, list)) else (timeout, timeout)
        connect, read = pair
    except ValueError:
        raise ValueError(f"Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float to set both "
                         "timeouts to the same value.") from None
    for name, value in (("connect", connect), ("read", read)):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"Timeout value {name} was {value}, but it must be an int, float or None.")
        if value <= 0:
            raise ValueError(f"Attempted to set {name} timeout to {value}, but the timeout cannot be set to a value less "
                             "than or equal to 0.")
    return connect, read


class Session:
    def __init__(self):
        self.headers = CaseInsensitiveDict({"User-Agent": "python-requests/2.32", "Accept-Encoding": "identity",
                                            "Accept": "*/*", "Connection": "keep-alive"})
        self.params = {}
        self.cookies = Cookies()
        self.auth = None
        self.verify = True
        self.max_redirects = 30
        self._idle = {}

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, auth=None, timeout=None,
                allow_redirects=True, stream=False, verify=None, cert=None, json=None):
        """Sends a request and answers with its Response, after following what it points to."""
        merged = CaseInsensitiveDict(self.headers)
        merged.update(headers or {})
        merged = CaseInsensitiveDict({name: value for name, value in merged.items() if value is not None})
        both = params if isinstance(params, (str, bytes)) else [*_pairs(self.params), *_pairs(params)]
        request = PreparedRequest(method, url, merged, both, data, json, auth or self.auth)
        patience = _patience(timeout)
        history = []
        while True:
            response = self._send(request, patience, cookies or {})
            if not (allow_redirects and response.is_redirect):
                break
            response.content
            if len(history) >= self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=response)
            history.append(response)
            request = _redirected(request, response)
        response.history = history
        if not stream:
            response.content
        return response

    def _send(self, request, patience, cookies):
        connect, read = patience
        scheme, host, port, target = split_url(request.url)
        place = scheme, host.lower(), port
        request.headers.setdefault("Host", host if port == (443 if scheme == "https" else 80) else f"{host}:{port}")
        one, ours = Cookies(cookies).line(host), self.cookies.line(host)
        if both := "; ".join(part for part in (ours, one) if part):
            request.headers["Cookie"] = both
        idle = self._idle.setdefault(place, [])
        connection = None
        while idle and connection is None:
            connection = idle.pop()
            if not connection.alive:
                connection.close()
                connection = None
        if connection is None:
            def give_back(one):
                if self._idle.get(place) is idle and len(idle) < _MOST_IDLE:
                    idle.append(one)
                else:
                    one.close()

            connection = Connection(scheme, host, port, target, connect, give_back)
        response = connection.send(request, target, read)
        for line in response._cookie_lines:
            response.cookies.take(host, line)
            self.cookies.take(host, line)
        return response

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def options(self, url, **kwargs):
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def close(self):
        """Closes the connections that wait. It can be used on."""
        idle, self._idle = self._idle, {}
        for connections in idle.values():
            for connection in connections:
                connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _pairs(params):
    return () if not params else params.items() if hasattr(params, "items") else params


def _redirected(request, response):
    """The request that an answer sends the client to."""
    from urllib.parse import urljoin
    try:
        url = urljoin(request.url, response.headers["Location"].encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise InvalidURL(error, response=response) from None
    status, method = response.status_code, request.method
    if method != "HEAD" and (status in (302, 303) or (status == 301 and method == "POST")):
        method = "GET"
    headers = request.headers.copy()
    for name in ("Host", "Cookie", "Content-Length", *(() if status in (307, 308) else ("Content-Type", "Transfer-Encoding"))):
        headers.pop(name, None)
    old, new = split_url(request.url), PreparedRequest.prepare_url(url, None)
    # A password is for the one it was given for.
    if split_url(new)[1:3] != old[1:3]:
        headers.pop("Authorization", None)
    return PreparedRequest(method, new, headers, None, request.body if status in (307, 308) else None, None, None)
