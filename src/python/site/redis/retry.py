"""Attempts, and what is done between them."""
import socket
import time

from redis.exceptions import ConnectionError, TimeoutError


class Retry:
    """Up to `retries` more attempts after the first (negative: any number), with a pause that `backoff` computes."""

    def __init__(self, backoff, retries, supported_errors=(ConnectionError, TimeoutError, socket.timeout)):
        self._backoff = backoff
        self._retries = retries
        self._supported_errors = supported_errors

    def update_supported_errors(self, specified_errors):
        self._supported_errors = tuple(set(self._supported_errors + tuple(specified_errors)))

    def get_retries(self):
        return self._retries

    def call_with_retry(self, do, fail):
        """do(); after each failure fail(error), which may raise it."""
        self._backoff.reset()
        failures = 0
        while True:
            try:
                return do()
            except self._supported_errors as error:
                failures += 1
                fail(error)
                if 0 <= self._retries < failures:
                    raise
                pause = self._backoff.compute(failures)
                if pause > 0:
                    time.sleep(pause)
