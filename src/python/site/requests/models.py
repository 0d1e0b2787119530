"""What is asked and what is answered: PreparedRequest and Response."""
import re

from requests.exceptions import (HTTPError, InvalidHeader, InvalidJSONError, InvalidSchema, InvalidURL, JSONDecodeError,
                                 MissingSchema, StreamConsumedError)
from requests.structures import CaseInsensitiveDict

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.I | re.S)
_HOST = re.compile(r"([A-Za-z0-9._-]+)(?::(\d{1,5})?)?", re.A)
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^%!#$&'()*+,/:;=?@\[\]~A-Za-z0-9._-]")
_FORM_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]")


class _Codes:
    """Statuses by their names: codes.ok, codes.not_found."""
    ok, created, accepted, no_content = 200, 201, 202, 204
    moved_permanently, found, see_other, not_modified, temporary_redirect, permanent_redirect = 301, 302, 303, 304, 307, 308
    bad_request, unauthorized, forbidden, not_found, method_not_allowed, request_timeout = 400, 401, 403, 404, 405, 408
    conflict, gone, im_a_teapot, unprocessable_entity, too_many_requests = 409, 410, 418, 422, 429
    internal_server_error, not_implemented, bad_gateway, service_unavailable, gateway_timeout = 500, 501, 502, 503, 504

    def __getitem__(self, name):
        return getattr(self, name, None)


codes = _Codes()


class Cookies(dict):
    """Cookies by their names. One that a server has set goes back to that server only; paths and dates are ignored."""

    def __init__(self, values=()):
        super().__init__(values)
        self._hosts = {}

    def get_dict(self):
        return dict(self)

    def take(self, host, line):
        """A Set-Cookie header."""
        pair, *attributes = line.split(";")
        name, _, value = pair.partition("=")
        name = name.strip()
        if any(word.strip().lower() == "max-age=0" for word in attributes):
            self.pop(name, None)
        elif name:
            self[name], self._hosts[name] = value.strip(), host

    def line(self, host):
        """What a request to a host says of them."""
        return "; ".join(f"{name}={value}" for name, value in self.items() if self._hosts.get(name, host) == host)


def _escaped(match):
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _form(data):
    """`a=1&b=2`, of a dict or of pairs."""
    def quote(value):
        value = value.decode() if isinstance(value, bytes) else str(value)
        return "+".join(_FORM_UNSAFE.sub(_escaped, word) for word in value.split(" "))

    pairs = []
    for key, value in data.items() if hasattr(data, "items") else data:
        if value is None:
            continue
        values = value if hasattr(value, "__iter__") and not isinstance(value, (str, bytes)) else [value]
        pairs += [f"{quote(key)}={quote(one)}" for one in values]
    return "&".join(pairs)


def split_url(url):
    """(scheme, host, port, target) of a URL as `prepare_url` makes them."""
    scheme, place, path, query, _ = _URL.fullmatch(url).groups()
    host, port = _HOST.fullmatch(place).groups()
    port = int(port) if port else 443 if scheme == "https" else 80
    return scheme, host, port, path + ("" if query is None else f"?{query}")


class PreparedRequest:
    """The request as it is sent."""

    def __init__(self, method, url, headers, params, data, json, auth):
        self.method = method.upper()
        self.url = self.prepare_url(url, params)
        self.headers = CaseInsensitiveDict(headers)
        self.body = self.prepare_body(data, json)
        if auth is not None:
            from base64 import b64encode
            user, password = auth
            self.headers["Authorization"] = "Basic " + b64encode(f"{user}:{password}".encode("latin-1")).decode()
        if self.body is not None or self.method not in ("GET", "HEAD"):
            self.headers["Content-Length"] = str(len(self.body or b""))
        for name, value in self.headers.items():
            if not re.fullmatch(r"[!#$%&'*+.^_`|~\w-]+", name, re.A) or not re.fullmatch(r"[^\0\r\n]*", str(value)):
                raise InvalidHeader(
                    "Invalid leading whitespace, reserved character(s), or return character(s) in header "
                    f"{name!r}: {value!r}")

    @staticmethod
    def prepare_url(url, params):
        url = (url.decode() if isinstance(url, bytes) else str(url)).lstrip()
        match = _URL.fullmatch(url)
        if not match:
            if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url):
                raise InvalidSchema(f"No connection adapters were found for {url!r}")
            raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?")
        scheme, place, path, query, fragment = match.groups()
        if not place:
            raise InvalidURL(f"Invalid URL {url!r}: No host supplied")
        host = _HOST.fullmatch(place)
        if not host or int(host[2] or 0) > 65535:
            raise InvalidURL(f"Failed to parse: {url}")
        more = params if isinstance(params, str) else params.decode() if isinstance(params, bytes) else _form(params or ())
        query = "&".join(part for part in (query, more) if part)
        url = f"{scheme.lower()}://{place}{path or '/'}" + (f"?{query}" if query else "")
        return _UNSAFE.sub(_escaped, url + (f"#{fragment}" if fragment else ""))

    def prepare_body(self, data, json):
        kind = None
        if not data and json is not None:
            from json import dumps
            try:
                body, kind = dumps(json, allow_nan=False).encode(), "application/json"
            except ValueError as error:
                raise InvalidJSONError(error, request=self) from None
        elif not data:
            return None
        elif isinstance(data, (str, bytes, bytearray)):
            body = data.encode() if isinstance(data, str) else bytes(data)
        elif hasattr(data, "read"):
            body = data.read()
            body = body.encode() if isinstance(body, str) else body
        else:
            body, kind = _form(data).encode(), "application/x-www-form-urlencoded"
        if kind:
            self.headers.setdefault("Content-Type", kind)
        return body

    def __repr__(self):
        return f"<PreparedRequest [{self.method}]>"


class Response:
    """An answer. Its body has been read, unless `stream` was asked for: then it is read when it is looked at."""

    def __init__(self):
        self.status_code = self.reason = self.url = self.encoding = self.request = None
        self.headers = CaseInsensitiveDict()
        self.history = []
        self.cookies = Cookies()
        self._cookie_lines = []
        self._elapsed = 0.0
        self._content = None
        # The body as it comes, and how its connection is closed.
        self._parts = self._drop = None

    @property
    def elapsed(self):
        """From the sending of the request to the end of the answer's headers."""
        from datetime import timedelta
        return timedelta(seconds=self._elapsed)

    @property
    def ok(self):
        return self.status_code < 400

    __bool__ = ok.fget

    @property
    def is_redirect(self):
        return "location" in self.headers and self.status_code in (301, 302, 303, 307, 308)

    @property
    def is_permanent_redirect(self):
        return "location" in self.headers and self.status_code in (301, 308)

    @property
    def content(self):
        """The body, in bytes."""
        if self._content is None:
            if self._parts is None:
                raise RuntimeError("The content for this response was already consumed")
            parts, self._parts = self._parts, None
            self._content = b"".join(parts)
        return self._content

    @property
    def apparent_encoding(self):
        return "utf-8"

    @property
    def text(self):
        """The body as text, by its `encoding`."""
        try:
            return self.content.decode(self.encoding or self.apparent_encoding, "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self, **kwargs):
        from json import JSONDecodeError as CannotDecode, loads
        try:
            return loads(self.content.decode() if self.encoding is None else self.text, **kwargs)
        except CannotDecode as error:
            raise JSONDecodeError(error.msg, error.doc, error.pos) from None

    def iter_content(self, chunk_size=1, decode_unicode=False):
        """The body in pieces of so many bytes; None: as it comes."""
        if self._content is not None:
            parts = [self._content]
        elif self._parts is None:
            raise StreamConsumedError("The content for this response was already consumed")
        else:
            parts, self._parts = self._parts, None
        pieces = self._pieces(parts, chunk_size)
        return self._decoded(pieces) if decode_unicode and self.encoding else pieces

    @staticmethod
    def _pieces(parts, size):
        kept = b""
        for part in parts:
            if size is None:
                yield part
                continue
            kept += part
            whole = len(kept) - len(kept) % size
            for at in range(0, whole, size):
                yield kept[at:at + size]
            kept = kept[whole:]
        if kept:
            yield kept

    def _decoded(self, pieces):
        from codecs import getincrementaldecoder
        decoder = getincrementaldecoder(self.encoding)("replace")
        for piece in pieces:
            if text := decoder.decode(piece):
                yield text
        if text := decoder.decode(b"", True):
            yield text

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        """The body's lines, without their ends."""
        pending = None
        for piece in self.iter_content(None if chunk_size == 512 else chunk_size, decode_unicode):
            if pending is not None:
                piece = pending + piece
            lines = piece.split(delimiter) if delimiter else piece.splitlines()
            # The last may go on.
            pending = lines.pop() if lines and lines[-1] and piece and lines[-1][-1] == piece[-1] else None
            yield from lines
        if pending is not None:
            yield pending

    def __iter__(self):
        return self.iter_content(128)

    def raise_for_status(self):
        """HTTPError, if the status is 400 or more."""
        if self.status_code >= 400:
            whose = "Client" if self.status_code < 500 else "Server"
            raise HTTPError(f"{self.status_code} {whose} Error: {self.reason} for url: {self.url}", response=self)

    def close(self):
        parts, self._parts = self._parts, None
        if parts is not None:
            parts.close()
            self._drop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __getstate__(self):
        self.content
        return {**self.__dict__, "_drop": None}

    def __repr__(self):
        return f"<Response [{self.status_code}]>"
