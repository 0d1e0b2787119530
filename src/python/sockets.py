"""_socket over the kernel: what Pyodide's was compiled without (AF_UNIX, socketpair, options) and names of hosts.

The C type keeps doing what it can: waiting, time-outs, buffers, errors. It knows addresses of four bytes and a port only,
so a name of an AF_UNIX socket passes through it as a number that the kernel keeps.
"""
import _socket
from operator import index as _index
from os import fsdecode as _fsdecode, fsencode as _fsencode
from sys import audit as _audit
import _thread
from errors import to_linux as _to_linux
from _hb import (host_name as _host_name, own_name as _own_name, resolve as _resolve, setsockopt as _setsockopt, socket as _open,
                 socket_name as _name_of, socket_number as _number_of, socketpair as _pair)

_socket.AF_UNIX, _socket.SO_REUSEADDR, _socket.SO_REUSEPORT, _socket.SO_PEERCRED = 1, 2, 15, 17
_UNIX, _INET = 1, 2
_SOL_SOCKET, _SO_TYPE, _SO_ERROR, _SO_PROTOCOL, _SO_DOMAIN = 1, 3, 4, 38, 39
_KINDS = 0o2004000
_PROTOCOLS = {"ip": 0, "icmp": 1, "tcp": 6, "udp": 17, "ipv6": 41}
_SERVICES = {"echo": 7, "discard": 9, "daytime": 13, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53,
             "http": 80, "pop3": 110, "ntp": 123, "imap2": 143, "https": 443, "postgresql": 5432, "redis": 6379}
_C = _socket.socket
_gaierror, _herror = _socket.gaierror, _socket.herror


def _number(address):
    return int.from_bytes(_socket.inet_aton(address))


def _host(number):
    return _socket.inet_ntoa((int(number) & 0xFFFF_FFFF).to_bytes(4))


def _is_numeric(host):
    try:
        _socket.inet_pton(_INET, host)
    except OSError:
        return False
    return True


def _text(host):
    """A host's name as text, as the C type takes it: bytes and str."""
    if isinstance(host, (bytes, bytearray)):
        return host.decode("latin-1")
    if not isinstance(host, str):
        raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise TypeError("encoding of hostname failed") from None


def _addresses(host):
    """The numeric addresses of a host; glibc's error if it is unknown."""
    try:
        # Short forms, too: 127.1
        return [_socket.inet_ntoa(_socket.inet_aton(host))]
    except OSError:
        pass
    if not (found := _resolve(host.encode())):
        raise _gaierror(_socket.EAI_NONAME, "Name or service not known")
    return [_host(number) for number in found]


def _path_bytes(path):
    if isinstance(path, str):
        path = _fsencode(path)
    elif not isinstance(path, bytes):
        try:
            path = bytes(memoryview(path))
        except TypeError:
            raise TypeError(f"a bytes-like object is required, not '{type(path).__name__}'") from None
    # An abstract name is any bytes; a file's ends at its NUL, for which there must be room.
    if len(path) > 108 or len(path) == 108 and path[:1] != b"\0":
        raise OSError("AF_UNIX path too long")
    return b"\0" + path[1:].decode("latin-1").encode() if path[:1] == b"\0" else path


def _to_c(family, address):
    """An address as the C type takes it."""
    if family == _UNIX:
        return _host(_number_of(_path_bytes(address))), 0
    if not isinstance(address, tuple) or len(address) != 2:
        return address
    host, port = address
    if isinstance(host, (str, bytes, bytearray)):
        host = _text(host)
        if host == "":
            host = "0.0.0.0"
        elif host != "<broadcast>" and not _is_numeric(host):
            # The C type's own checks come first.
            if not hasattr(port, "__index__") or not 0 <= port.__index__() <= 65535:
                host = "0.0.0.0"
            else:
                host = _addresses(host)[0]
    return host, port


def _from_c(family, address):
    """An address as the C type answers it; of AF_UNIX: str, bytes for an abstract name."""
    if family != _UNIX:
        return address
    if address is None:
        return None
    name = _name_of(_number(address[0]))
    return name.decode().encode("latin-1") if name[:1] == b"\0" else _fsdecode(name)


class socket(_C):
    __doc__ = _C.__doc__
    __slots__ = ("_hb_family",)

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is not None:
            if isinstance(fileno, float):
                raise TypeError("integer argument expected, got float")
            known = family if family == _UNIX else -1
            super().__init__(_INET if known == _UNIX else family, type, proto, fileno)
            # What the C type has seen is an address of four bytes, whatever it is.
            self._hb_family = known if known == _UNIX else self.getsockopt(_SOL_SOCKET, _SO_DOMAIN) if family == -1 else family
            return
        family = _INET if family == -1 else family
        if family != _UNIX:
            super().__init__(family, type, proto)
            self._hb_family = family
            return
        type, proto = 1 if type == -1 else type, 0 if proto == -1 else proto
        fd = _open(family, type | 0o2000000, proto)
        try:
            super().__init__(_INET, type, proto, fd)
        except BaseException:
            _socket.close(fd)
            raise
        self._hb_family = _UNIX

    @property
    def family(self):
        """the socket family"""
        try:
            return self._hb_family
        except AttributeError:
            return super().family

    def bind(self, address, /):
        return super().bind(_to_c(self.family, address))

    def connect(self, address, /):
        return super().connect(_to_c(self.family, address))

    def connect_ex(self, address, /):
        return _to_linux(super().connect_ex(_to_c(self.family, address)))

    def getsockopt(self, *args):
        value = super().getsockopt(*args)
        if args[:2] != (_SOL_SOCKET, _SO_ERROR):
            return value
        if isinstance(value, bytes):
            return _to_linux(int.from_bytes(value, "little")).to_bytes(len(value), "little")
        return _to_linux(value)

    def getsockname(self):
        return _from_c(self.family, super().getsockname())

    def getpeername(self):
        return _from_c(self.family, super().getpeername())

    def _accept(self):
        fd, address = super()._accept()
        return fd, _from_c(self.family, address)

    def recvfrom(self, *args):
        data, address = super().recvfrom(*args)
        return data, _from_c(self.family, address)

    def recvfrom_into(self, *args, **kwargs):
        size, address = super().recvfrom_into(*args, **kwargs)
        return size, _from_c(self.family, address)

    def recvmsg(self, *args):
        data, ancillary, flags, address = super().recvmsg(*args)
        return data, ancillary, flags, _from_c(self.family, address)

    def recvmsg_into(self, *args):
        size, ancillary, flags, address = super().recvmsg_into(*args)
        return size, ancillary, flags, _from_c(self.family, address)

    def sendto(self, data, *args):
        if args:
            args = (*args[:-1], _to_c(self.family, args[-1]))
        return super().sendto(data, *args)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        if address is None:
            return super().sendmsg(buffers, ancdata, flags)
        return super().sendmsg(buffers, ancdata, flags, _to_c(self.family, address))

    def setsockopt(self, level, option, value, *optlen):
        if optlen:
            if value is not None:
                raise TypeError(f"setsockopt() argument 3 must be None, not {type(value).__name__}")
            value = bytes(optlen[0])
        elif hasattr(value, "__index__"):
            number = value.__index__()
            if not -2**31 <= number < 2**31:
                raise OverflowError("Python int too large to convert to C int")
            value = number.to_bytes(4, "little", signed=True)
        elif value is None:
            raise TypeError("setsockopt() requires 4 arguments when the third argument is None")
        else:
            value = bytes(memoryview(value))
        _setsockopt(self.fileno(), level, option, value)


socket.__module__, socket.__qualname__ = "_socket", "socket"
_socket.socket = _socket.SocketType = socket


@_thread._builtin
def socketpair(family=None, type=1, proto=0, /):
    """socketpair([family[, type [, proto]]]) -> (socket object, socket object)"""
    family = _UNIX if family is None else family
    first, second = _pair(family, type | 0o2000000, proto)
    return socket(family, type, proto, first), socket(family, type, proto, second)


def _port(service, protocol="any"):
    if service is None:
        return 0
    if isinstance(service, int):
        return service & 0xFFFF
    text = (service.encode() if isinstance(service, str) else service).decode()
    if text.isdecimal() and text.isascii():
        return int(text) & 0xFFFF
    if text not in _SERVICES:
        raise _gaierror(_socket.EAI_SERVICE, "Servname not supported for ai_socktype")
    return _SERVICES[text]


@_thread._builtin
def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """getaddrinfo(host, port [, family, type, proto, flags])
    -> list of (family, type, proto, canonname, sockaddr)

    Resolve host and port into addrinfo struct."""
    if host is not None and not isinstance(host, (str, bytes)):
        raise TypeError("getaddrinfo() argument 1 must be string or None")
    if port is not None and not isinstance(port, (int, str, bytes)):
        raise OSError("Int or String expected")
    _audit("socket.getaddrinfo", host, port, family, type, proto)
    if family not in (0, _INET):
        if family != 10:
            raise _gaierror(_socket.EAI_FAMILY, "ai_family not supported")
        raise _gaierror(_socket.EAI_ADDRFAMILY, "Address family for hostname not supported")
    if (host is None or host in ("", b"")) and port is None:
        raise _gaierror(_socket.EAI_NONAME, "Name or service not known")
    kinds = [(kind, number) for kind, number in ((1, 6), (2, 17), (3, 0))
             if type in (0, kind) and (proto in (0, number) or kind == 3)]
    if not kinds:
        raise _gaierror(_socket.EAI_SOCKTYPE, "ai_socktype not supported")
    number = _port(port)
    name = "" if host is None else _text(host)
    if name == "":
        found = ["0.0.0.0" if flags & _socket.AI_PASSIVE else "127.0.0.1"]
    elif flags & _socket.AI_NUMERICHOST and not _is_numeric(name):
        raise _gaierror(_socket.EAI_NONAME, "Name or service not known")
    else:
        found = _addresses(name)
    canonical = name if flags & _socket.AI_CANONNAME else ""
    return [(_INET, kind, own or proto, canonical if n == 0 == k else "", (address, number))
            for n, address in enumerate(found) for k, (kind, own) in enumerate(kinds)]


@_thread._builtin
def getnameinfo(sockaddr, flags, /):
    """getnameinfo(sockaddr, flags) --> (host, port)

    Get host and port for a sockaddr."""
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    host, port = sockaddr[:2]
    _audit("socket.getnameinfo", sockaddr)
    if not _is_numeric(host):
        raise _gaierror(_socket.EAI_NONAME, "Name or service not known")
    name = "" if flags & _socket.NI_NUMERICHOST else _host_name(_number(host)).decode()
    if not name and flags & _socket.NI_NAMEREQD:
        raise _gaierror(_socket.EAI_NONAME, "Name or service not known")
    service = None if flags & _socket.NI_NUMERICSERV else next((s for s, p in _SERVICES.items() if p == port), None)
    return name or host, service or str(port)


@_thread._builtin
def gethostbyname(host, /):
    """gethostbyname(host) -> address

    Return the IP address (a string of the form '255.255.255.255') for a host."""
    _audit("socket.gethostbyname", (host,))
    return _addresses(_text(host) or "0.0.0.0")[0]


@_thread._builtin
def gethostbyname_ex(host, /):
    """gethostbyname_ex(host) -> (name, aliaslist, addresslist)"""
    _audit("socket.gethostbyname", (host,))
    return _text(host), [], _addresses(_text(host))


@_thread._builtin
def gethostbyaddr(host, /):
    """gethostbyaddr(host) -> (name, aliaslist, addresslist)"""
    _audit("socket.gethostbyaddr", (host,))
    address = _addresses(_text(host))[0]
    if not (name := _host_name(_number(address)).decode()):
        raise _herror(1, "Unknown host")
    return name, [], [address]


@_thread._builtin
def gethostname():
    """gethostname() -> string

    Return the current host name."""
    _audit("socket.gethostname")
    return _own_name().decode()


@_thread._builtin
def getprotobyname(name, /):
    """getprotobyname(name) -> integer

    Return the protocol number for the named protocol.  (Rarely used.)"""
    if name not in _PROTOCOLS:
        raise OSError("protocol not found")
    return _PROTOCOLS[name]


@_thread._builtin
def getservbyname(name, protocol=None, /):
    """getservbyname(servicename[, protocolname]) -> integer"""
    _audit("socket.getservbyname", name, protocol or "any")
    if name not in _SERVICES or protocol not in (None, "tcp", "udp"):
        raise OSError("service/proto not found")
    return _SERVICES[name]


@_thread._builtin
def getservbyport(port, protocol=None, /):
    """getservbyport(port[, protocolname]) -> string"""
    if not 0 <= port <= 65535:
        raise OverflowError("getservbyport: port must be 0-65535.")
    _audit("socket.getservbyport", port, protocol or "any")
    for name, number in _SERVICES.items():
        if number == port and protocol in (None, "tcp", "udp"):
            return name
    raise OSError("port/proto not found")


@_thread._builtin
def if_nameindex():
    """if_nameindex()

    Returns a list of network interface information (index, name) tuples."""
    return [(1, "lo")]


@_thread._builtin
def if_nametoindex(name, /):
    """Returns the interface index corresponding to the interface name if_name."""
    if _fsencode(name) != b"lo":
        raise OSError("no interface with this name")
    return 1


@_thread._builtin
def if_indextoname(index, /):
    """Returns the interface name corresponding to the interface index if_index."""
    if _index(index) != 1:
        raise OSError(6, "No such device or address")
    return "lo"


for _function in (socketpair, getaddrinfo, getnameinfo, gethostbyname, gethostbyname_ex, gethostbyaddr, gethostname,
                  getprotobyname, getservbyname, getservbyport, if_nameindex, if_nametoindex, if_indextoname):
    _function.__module__ = "_socket"
    setattr(_socket, _function.__name__, _function)
