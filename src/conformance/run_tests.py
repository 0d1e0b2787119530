"""Inside the sandbox: `run_tests.py MODULE` lists a module's tests; `run_tests.py MODULE ID…` runs these of them.

Each answer is a line of stdout that begins with MARK: what the host counts. Tests may print what they like.
"""
import importlib
import json
import os
import sys
import unittest

MARK = "\x1e"
_out = sys.stdout
# The programs that tests start must find the test package: CPython has it in its library.
os.environ["PYTHONPATH"] = os.getcwd()


def tell(**answer):
    _out.write(f"\n{MARK}{json.dumps(answer)}\n")


def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


class Result(unittest.TestResult):
    """Says when each test begins, and once how it ended: the first bad news counts."""

    _how = None

    def startTest(self, test):
        super().startTest(test)
        self._how = None
        tell(begin=test.id())

    def stopTest(self, test):
        how, why = self._how or ("pass", "")
        tell(end=test.id(), how=how, why=why)
        self._how = None
        super().stopTest(test)

    def _note(self, test, how, why):
        if isinstance(test, unittest.TestCase):
            self._how = self._how or (how, why)
        else:  # setUpClass, setUpModule and the like: not a test
            tell(around=test.id(), how=how, why=why)

    def _failed(self, test, err):
        self._note(test, "fail", self._exc_info_to_string(err, test))

    addError = addFailure = _failed

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._note(test, "fail", f"{subtest}: {self._exc_info_to_string(err, test)}")

    def addSkip(self, test, reason):
        self._note(test, "skip", reason)

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        self._note(test, "fail", "unexpected success")


def main(name, *ids):
    loader = unittest.TestLoader()
    tests = list(flat(loader.loadTestsFromModule(importlib.import_module(name))))
    if loader.errors:
        raise ImportError("\n".join(loader.errors))
    if ids:
        unittest.TestSuite(test for test in tests if test.id() in ids).run(Result())
    else:
        tell(tests=[test.id() for test in tests])
    tell(done=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
