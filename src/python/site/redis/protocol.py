"""The Redis protocol: commands to bytes, bytes to replies."""
from redis.exceptions import DataError, InvalidResponse, error_of


class NeedMore(Exception):
    """The reply has not come to its end."""


class Push(list):
    """What a RESP3 server sends unasked."""


class Encoder:
    """Strings to bytes and back."""

    def __init__(self, encoding="utf-8", encoding_errors="strict", decode_responses=False):
        self.encoding, self.encoding_errors, self.decode_responses = encoding, encoding_errors, decode_responses

    def encode(self, value):
        if isinstance(value, (bytes, memoryview)):
            return bytes(value)
        if isinstance(value, bool):
            raise DataError("Invalid input of type: 'bool'. Convert to a bytes, string, int or float first.")
        if isinstance(value, (int, float)):
            return repr(value).encode()
        if not isinstance(value, str):
            name = type(value).__name__
            raise DataError(f"Invalid input of type: '{name}'. Convert to a bytes, string, int or float first.")
        return value.encode(self.encoding, self.encoding_errors)

    def decode(self, value, force=False):
        if (self.decode_responses or force) and isinstance(value, (bytes, memoryview)):
            return bytes(value).decode(self.encoding, self.encoding_errors)
        return value

    def pack(self, args):
        """A command as it is sent; the first word may be several: "CONFIG GET"."""
        words = [self.encode(word) for word in (*str(args[0]).split(), *args[1:])] if isinstance(args[0], str) \
            else [self.encode(word) for word in args]
        parts = [b"*%d\r\n" % len(words)]
        parts += [b"$%d\r\n%b\r\n" % (len(word), word) for word in words]
        return b"".join(parts)


class ReplyReader:
    """Takes bytes as they come, gives replies. Errors are values: exceptions that nobody has raised."""

    def __init__(self, encoder):
        self._encoder = encoder
        self._buffer = bytearray()
        self._at = 0

    def feed(self, data):
        self._buffer += data

    def __bool__(self):
        return self._at < len(self._buffer)

    def get(self, decode=True):
        """The next reply. NeedMore: it has not come yet."""
        start = self._at
        try:
            reply = self._reply(decode)
        except NeedMore:
            self._at = start
            raise
        if self._at == len(self._buffer) or self._at > 65536:
            del self._buffer[:self._at]
            self._at = 0
        return reply

    def _line(self):
        end = self._buffer.find(b"\r\n", self._at)
        if end < 0:
            raise NeedMore
        line = bytes(self._buffer[self._at:end])
        self._at = end + 2
        return line

    def _reply(self, decode):
        line = self._line()
        mark, rest = line[:1], line[1:]
        if mark == b"+":
            return self._text(rest, decode)
        if mark == b":" or mark == b"(":
            return int(rest)
        if mark == b"$" or mark == b"=":
            size = int(rest)
            if size < 0:
                return None
            end = self._at + size
            if len(self._buffer) < end + 2:
                raise NeedMore
            data = bytes(self._buffer[self._at:end])
            self._at = end + 2
            return self._text(data if mark == b"$" else data[4:], decode)
        if mark == b"-":
            return error_of(rest.decode("utf-8", "replace"))
        if mark == b"*" or mark == b">":
            count = int(rest)
            if count < 0:
                return None
            items = [self._reply(decode) for _ in range(count)]
            return items if mark == b"*" else Push(items)
        if mark == b"_":
            return None
        if mark == b",":
            return float(rest)
        if mark == b"#":
            return rest == b"t"
        if mark == b"%":
            return {self._reply(decode): self._reply(decode) for _ in range(int(rest))}
        if mark == b"~":
            return [self._reply(decode) for _ in range(int(rest))]
        raise InvalidResponse(f"Protocol Error: {line!r}")

    def _text(self, data, decode):
        return self._encoder.decode(data) if decode else data
