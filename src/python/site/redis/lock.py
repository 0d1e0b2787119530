"""A lock that all clients of a server share, for a limited time: a lease."""
import threading
import time as mod_time
import uuid
from types import SimpleNamespace

from redis.exceptions import LockError, LockNotOwnedError


class Lock:
    """Held by whoever has set the key `name` to its own token; gone after `timeout` seconds (None: never)."""

    # What must happen at once: only whoever holds it may let it go, or hold it longer.
    LUA_RELEASE_SCRIPT = """
        local token = redis.call('get', KEYS[1])
        if not token or token ~= ARGV[1] then
            return 0
        end
        redis.call('del', KEYS[1])
        return 1
    """
    LUA_EXTEND_SCRIPT = """
        local token = redis.call('get', KEYS[1])
        if not token or token ~= ARGV[1] then
            return 0
        end
        local expiration = redis.call('pttl', KEYS[1])
        if not expiration then
            expiration = 0
        end
        if expiration < 0 then
            return 0
        end

        local newttl = ARGV[2]
        if ARGV[3] == "0" then
            newttl = ARGV[2] + expiration
        end
        redis.call('pexpire', KEYS[1], newttl)
        return 1
    """
    LUA_REACQUIRE_SCRIPT = """
        local token = redis.call('get', KEYS[1])
        if not token or token ~= ARGV[1] then
            return 0
        end
        redis.call('pexpire', KEYS[1], ARGV[2])
        return 1
    """

    def __init__(self, redis, name, timeout=None, sleep=0.1, blocking=True, blocking_timeout=None, thread_local=True,
                 raise_on_release_error=True):
        self.redis, self.name, self.timeout, self.sleep = redis, name, timeout, sleep
        self.blocking, self.blocking_timeout = blocking, blocking_timeout
        self.thread_local = bool(thread_local)
        self.raise_on_release_error = raise_on_release_error
        self.local = threading.local() if self.thread_local else SimpleNamespace()
        self.local.token = None
        self.lua_release = redis.register_script(self.LUA_RELEASE_SCRIPT)
        self.lua_extend = redis.register_script(self.LUA_EXTEND_SCRIPT)
        self.lua_reacquire = redis.register_script(self.LUA_REACQUIRE_SCRIPT)

    def __enter__(self):
        if self.acquire():
            return self
        raise LockError("Unable to acquire lock within the time specified", lock_name=self.name)

    def __exit__(self, *exc):
        try:
            self.release()
        except LockError:
            if self.raise_on_release_error:
                raise

    def acquire(self, sleep=None, blocking=None, blocking_timeout=None, token=None):
        """Whether it is ours now; tries every `sleep` seconds, for `blocking_timeout` of them (None: for ever)."""
        sleep = self.sleep if sleep is None else sleep
        token = uuid.uuid1().hex.encode() if token is None else self.redis.get_encoder().encode(token)
        blocking = self.blocking if blocking is None else blocking
        blocking_timeout = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        stop = None if blocking_timeout is None else mod_time.monotonic() + blocking_timeout
        while True:
            if self.do_acquire(token):
                self.local.token = token
                return True
            if not blocking or (stop is not None and mod_time.monotonic() + sleep > stop):
                return False
            mod_time.sleep(sleep)

    def do_acquire(self, token):
        lease = int(self.timeout * 1000) if self.timeout else None
        return bool(self.redis.set(self.name, token, nx=True, px=lease))

    def locked(self):
        """Whether anybody has it."""
        return self.redis.get(self.name) is not None

    def owned(self):
        """Whether it is ours."""
        stored = self.redis.get(self.name)
        if stored is not None and not isinstance(stored, bytes):
            stored = self.redis.get_encoder().encode(stored)
        return self.local.token is not None and stored == self.local.token

    def release(self):
        token = getattr(self.local, "token", None)
        if token is None:
            raise LockError("Cannot release an unlocked lock", lock_name=self.name)
        self.local.token = None
        if not self.lua_release(keys=[self.name], args=[token], client=self.redis):
            raise LockNotOwnedError("Cannot release a lock that's no longer owned", lock_name=self.name)

    def extend(self, additional_time, replace_ttl=False):
        """Longer by so many seconds; with replace_ttl: so many from now on."""
        token = self._own("extend")
        words = [token, int(additional_time * 1000), "1" if replace_ttl else "0"]
        if not self.lua_extend(keys=[self.name], args=words, client=self.redis):
            raise LockNotOwnedError("Cannot extend a lock that's no longer owned", lock_name=self.name)
        return True

    def reacquire(self):
        """Its whole time again."""
        token = self._own("reacquire")
        if not self.lua_reacquire(keys=[self.name], args=[token, int(self.timeout * 1000)], client=self.redis):
            raise LockNotOwnedError("Cannot reacquire a lock that's no longer owned", lock_name=self.name)
        return True

    def _own(self, what):
        token = getattr(self.local, "token", None)
        if token is None:
            raise LockError(f"Cannot {what} an unlocked lock", lock_name=self.name)
        if self.timeout is None:
            raise LockError(f"Cannot {what} a lock with no timeout", lock_name=self.name)
        return token
