"""time's sleep for greenlets."""
from gevent.hub import sleep

__all__ = ["sleep"]
