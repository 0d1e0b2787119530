"""HTTP/1.1 over one socket: a request goes out, an answer comes in."""
import socket
from time import monotonic

from requests.exceptions import ChunkedEncodingError, ConnectionError, ConnectTimeout, ReadTimeout
from requests.models import Response
from requests.structures import CaseInsensitiveDict

_LONGEST_LINE = 65536
_MOST_HEADERS = 100
_PART = 16384


def _aborted(why):
    return ConnectionError(f"('Connection aborted.', {why})")


class Connection:
    """A connection to a server; `give_back(connection)` is called when it can carry another request."""

    def __init__(self, scheme, host, port, target, timeout, give_back):
        self.place = f"host='{host}', port={port}"
        self.pool = f"{scheme.upper()}ConnectionPool({self.place})"
        self.give_back = give_back
        try:
            self.socket = socket.create_connection((host, port), timeout)
        except OSError as error:
            failed = f"{self.pool}: Max retries exceeded with url: {target} (Caused by "
            one = f"{scheme.upper()}Connection({self.place})"
            # A time-out without a number is our own.
            if isinstance(error, TimeoutError) and error.errno is None:
                reason = f"Connection to {host} timed out. (connect timeout={timeout})"
                raise ConnectTimeout(f"{failed}ConnectTimeoutError(<{one}>, {reason!r}))") from None
            if isinstance(error, socket.gaierror):
                raise ConnectionError(f'{failed}NameResolutionError("{one}: Failed to resolve {host!r} ({error})"))') from None
            raise ConnectionError(
                f'{failed}NewConnectionError("{one}: Failed to establish a new connection: {error}"))') from None
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    @property
    def alive(self):
        """Whether the server has neither ended it nor said what nobody asked for."""
        self.socket.settimeout(0)
        try:
            self.socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    def close(self):
        self.file.close()
        self.socket.close()

    def send(self, request, target, timeout):
        """Sends a request; its Response, whose body is still to come."""
        lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in request.headers.items())]
        begin = monotonic()
        self.timeout = timeout
        self.socket.settimeout(timeout)
        try:
            try:
                self.socket.sendall("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + (request.body or b""))
            except BrokenPipeError:
                pass        # The answer may be here already.
            response = self.receive(request)
            response._elapsed = monotonic() - begin
            return response
        except TimeoutError:
            self.close()
            raise self.late(request) from None
        except OSError as error:
            self.close()
            if isinstance(error, ConnectionError):
                error.request = request
                raise
            raise ConnectionError(f"('Connection aborted.', {error!r})", request=request) from None
        except BaseException:
            self.close()
            raise

    def late(self, request):
        return ReadTimeout(f"{self.pool}: Read timed out. (read timeout={self.timeout})", request=request)

    def line(self):
        line = self.file.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise _aborted("LineTooLong('got more than 65536 bytes when reading a line')")
        return line

    def receive(self, request):
        response = Response()
        while True:
            line = self.line()
            if not line:
                raise _aborted("RemoteDisconnected('Remote end closed connection without response')")
            version, status, reason = (line.decode("latin-1").strip().split(None, 2) + ["", ""])[:3]
            if not version.startswith("HTTP/1.") or not (status.isascii() and status.isdigit() and len(status) == 3):
                raise _aborted(f"BadStatusLine({line[:60].decode('latin-1')!r})")
            headers = self.headers(response._cookie_lines)
            if status[0] != "1":
                break
        response.status_code, response.reason, response.headers = int(status), reason, headers
        response.request, response.url = request, request.url
        kind, _, rest = headers.get("Content-Type", "").partition(";")
        charset = [value.strip(" '\"") for name, _, value in (word.partition("=") for word in rest.split(";"))
                   if name.strip().lower() == "charset"]
        text = "utf-8" if "application/json" in kind else "ISO-8859-1" if "text" in kind else None
        response.encoding = charset[0] if charset else text
        response._parts, response._drop = self.body(request, response, version == "HTTP/1.0"), self.close
        return response

    def headers(self, cookies):
        headers = CaseInsensitiveDict()
        for _ in range(_MOST_HEADERS + 1):
            line = self.line()
            if line in (b"\r\n", b"\n", b""):
                return headers
            name, _, value = line.decode("latin-1").partition(":")
            value = value.strip()
            if name.lower() == "set-cookie":
                cookies.append(value)
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        raise _aborted(f"HTTPException('got more than {_MOST_HEADERS} headers')")

    def body(self, request, response, old):
        """The body's parts. Whoever takes the last, or goes away before it, settles what becomes of the connection."""
        headers, status = response.headers, response.status_code
        wish = headers.get("Connection", "").lower()
        stays = "keep-alive" in wish if old else "close" not in wish
        done = False
        try:
            if request.method == "HEAD" or status in (204, 304):
                pass
            elif headers.get("Transfer-Encoding", "").lower() == "chunked":
                yield from self.chunks()
            elif (length := headers.get("Content-Length", "")).isascii() and length.isdigit() and len(length) < 19:
                yield from self.exactly(int(length))
            else:
                stays = False
                while part := self.file.read1(_PART):
                    yield part
            done = True
        except TimeoutError:
            raise ConnectionError(self.late(request), request=request) from None
        except OSError as error:
            if isinstance(error, ChunkedEncodingError):
                raise
            raise ChunkedEncodingError(f"Connection broken: {error!r}", request=request) from None
        finally:
            if done and stays:
                self.give_back(self)
            else:
                self.close()

    def exactly(self, size):
        left = size
        while left > 0:
            part = self.file.read1(min(left, _PART))
            if not part:
                raise ChunkedEncodingError(
                    f"Connection broken: IncompleteRead({size - left} bytes read, {left} more expected)")
            left -= len(part)
            yield part

    def chunks(self):
        while True:
            line = self.line()
            digits = line.split(b";", 1)[0].strip()
            if not 0 < len(digits) <= 15 or digits.strip(b"0123456789abcdefABCDEF"):
                raise ChunkedEncodingError(f"Connection broken: InvalidChunkLength({line[:20]!r})")
            size = int(digits, 16)
            yield from self.exactly(size)
            if size == 0:
                self.headers([])
                return
            self.line()
