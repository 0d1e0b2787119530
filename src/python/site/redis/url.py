"""What a URL says about a connection."""

_NUMBERS = {"db": int, "socket_timeout": float, "socket_connect_timeout": float, "max_connections": int,
            "health_check_interval": int, "protocol": int, "timeout": float}


def parse_url(url):
    """The options that a URL stands for."""
    from urllib.parse import parse_qs, unquote, urlparse

    from redis.connection import UnixDomainSocketConnection
    if not url.startswith(("redis://", "unix://")):
        raise ValueError("Redis URL must specify one of the following schemes (redis://, rediss://, unix://)")
    parts = urlparse(url)
    options = {}
    for name, values in parse_qs(parts.query).items():
        value = unquote(values[0])
        if name in _NUMBERS:
            value = _NUMBERS[name](value)
        elif name in ("decode_responses", "retry_on_timeout", "socket_keepalive"):
            value = value.upper() not in ("0", "F", "FALSE", "N", "NO")
        options[name] = value
    if parts.username:
        options["username"] = unquote(parts.username)
    if parts.password:
        options["password"] = unquote(parts.password)
    if parts.scheme == "unix":
        options["path"] = unquote(parts.path)
        options["connection_class"] = UnixDomainSocketConnection
        return options
    if parts.hostname:
        options["host"] = unquote(parts.hostname)
    if parts.port:
        options["port"] = int(parts.port)
    if parts.path and "db" not in options:
        try:
            options["db"] = int(unquote(parts.path).replace("/", ""))
        except (AttributeError, ValueError):
            pass
    return options
