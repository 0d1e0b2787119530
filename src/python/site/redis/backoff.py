"""How long to wait before the next attempt."""
import random


class AbstractBackoff:
    def reset(self):
        """Called before each first attempt."""

    def compute(self, failures):
        """Seconds to wait after so many failures."""
        raise NotImplementedError


class ConstantBackoff(AbstractBackoff):
    def __init__(self, backoff):
        self._backoff = backoff

    def compute(self, failures):
        return self._backoff


class NoBackoff(ConstantBackoff):
    def __init__(self):
        super().__init__(0)


class ExponentialBackoff(AbstractBackoff):
    def __init__(self, cap=0.512, base=0.008):
        self._cap, self._base = cap, base

    def compute(self, failures):
        return min(self._cap, self._base * 2 ** failures)


class FullJitterBackoff(ExponentialBackoff):
    def compute(self, failures):
        return random.uniform(0, min(self._cap, self._base * 2 ** failures))


class EqualJitterBackoff(ExponentialBackoff):
    def compute(self, failures):
        half = min(self._cap, self._base * 2 ** failures) / 2
        return half + random.uniform(0, half)


class ExponentialWithJitterBackoff(ExponentialBackoff):
    def __init__(self, cap=10, base=1):
        super().__init__(cap, base)

    def compute(self, failures):
        return min(self._cap, random.random() * self._base * 2 ** failures)


class DecorrelatedJitterBackoff(ExponentialBackoff):
    _previous = 0

    def reset(self):
        self._previous = 0

    def compute(self, failures):
        self._previous = min(self._cap, random.uniform(self._base, max(self._base, self._previous * 3)))
        return self._previous
