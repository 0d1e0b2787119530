"""One life of the interpreter: runs what the host asks for as CPython would, and says how it ended."""
import atexit
import importlib.machinery
import itertools
import json
import os
import random
import stat
import sys
import threading
import traceback
import types
import zipfile
import _asyncio
from _hb import chance, end_task, exit_process, handle, program, take_work
import _thread
import linecache
from multiprocessing.resource_tracker import _resource_tracker as _tracker
import monitor
import pools
import programs
import signals
import stdio

HOME = "/home/learner"
# Who has begun the program's first process.
_SHELL = 7
_dumps, _loads = json.dumps, json.loads
_import = __import__
_type, _int = type, int


def _on_tick(number, frame):
    """Called by CPython at its eval breaker when the kernel wants to switch, or a signal is for the main thread."""
    if handle() == -2:
        _thread._run_signal_handlers()


class Arena:
    """What one run changes in the library and the next must not see, when runs follow each other in one life."""

    def __init__(self):
        self.modules = dict(sys.modules)
        self.path = list(sys.path)
        self.finders = list(sys.meta_path), list(sys.path_hooks)
        self.environment = dict(os.environ)
        self.main = sys.modules["__main__"]
        self.streams = sys.stdin, sys.stdout, sys.stderr
        self.exits = list(threading._threading_atexits)
        self.hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook

    def clear(self):
        for name in set(sys.modules) - set(self.modules):
            module = sys.modules[name]
            if not getattr(module, "__file__", "" if module is None else "/lib/").startswith("/lib/"):
                del sys.modules[name]
        sys.modules["__main__"] = self.main
        sys.path[:] = self.path
        sys.meta_path[:], sys.path_hooks[:] = self.finders
        sys.path_importer_cache.clear()
        if not self.environment == programs.environment == os.environ:
            os.environ.clear()
            os.environ.update(self.environment)
        sys.stdin, sys.stdout, sys.stderr = self.streams
        sys.excepthook, sys.unraisablehook, threading.excepthook, sys.displayhook = self.hooks
        threading._SHUTTING_DOWN = False
        threading._threading_atexits[:] = self.exits
        pools.reset()
        _asyncio._reset()
        threading._main_thread._os_thread_handle._done = False
        threading._counter = itertools.count(1).__next__
        threading._trace_hook = threading._profile_hook = None
        _thread._shutting_down = False
        _thread._end_of(1)
        _thread._non_daemons.clear()
        _thread._daemons.clear()
        linecache.clearcache()


_cores = 4


def cpu_count():
    """The processors of the machine: four, unless the program runs on real ones."""
    return _cores


os.cpu_count = os.process_cpu_count = sys.modules["posix"].cpu_count = cpu_count
cpu_count.__module__ = "posix"


def main():
    """The body of the main task."""
    global _cores
    spec = _loads(program())
    _cores = spec.get("cores", 4)
    random.seed(chance())
    _monitor_model(spec["model"], spec["observe"])
    status = _guard(_KINDS[spec["kind"]], spec)
    _end(status, spec)


def _guard(body, spec):
    """Runs body(spec) and answers the exit status: (code, exception name, message, line, value)."""
    try:
        return 0, None, None, None, body(spec)
    except SystemExit as exit_:
        return _exit_code(exit_), None, None, None, None
    except BaseException as exception:
        return _uncaught(exception)


def _exit_code(exit_):
    code = exit_.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    try:
        print(code, file=sys.stderr)
    except Exception:
        pass
    return 1


def _uncaught(exception):
    kind, tb = type(exception), _thread._without_engine(exception.__traceback__)
    place = None
    for frame, line in traceback.walk_tb(tb):
        if not frame.f_code.co_filename.startswith(monitor._LIBRARY):
            place = [frame.f_code.co_filename, line]
    if isinstance(exception, SyntaxError) and exception.filename and place is None and exception.lineno:
        place = [exception.filename, exception.lineno]
    try:
        sys.excepthook(kind, exception.with_traceback(tb), tb)
    except SystemExit as exit_:
        return _exit_code(exit_), None, None, None, None
    except BaseException as second:
        try:
            print("Error in sys.excepthook:", file=sys.stderr)
            sys.__excepthook__(type(second), second, _thread._without_engine(second.__traceback__))
            print("\nOriginal exception was:", file=sys.stderr)
            sys.__excepthook__(kind, exception, tb)
        except BaseException:
            pass
    try:
        message = str(exception)
    except BaseException:
        message = "<exception str() failed>"
    code = 130 if isinstance(exception, KeyboardInterrupt) else 1
    return code, kind.__name__, message, place, None


# Compiled sources, so that a program that is explored a thousand times is compiled (and watched) once.
_codes = {}


def _compile(path, source):
    """The code of a file, as CPython compiles it: its own coding line. It is known by its path in the learner's folder."""
    name = path.removeprefix(HOME + "/")
    if (name, source) not in _codes:
        _codes[name, source] = compile(source, name, "exec", dont_inherit=True)
    return _codes[name, source]


class _Loader(importlib.machinery.SourceFileLoader):
    """Imports the learner's own modules."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return _compile(path, self.get_data(path))

    def get_data(self, path):
        # Without a file object: this is done before each run of a search.
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = b""
            while piece := os.read(file, 1 << 20):
                data += piece
            return data
        finally:
            os.close(file)


def _script(spec, folder=HOME):
    path = os.path.join(folder, spec["file"])
    sys.argv = [spec["file"], *spec["args"]]
    sys.path.insert(0, os.path.normpath(os.path.dirname(path)))
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = __builtins__
    module.__dict__["__cached__"] = None
    sys.modules["__main__"] = module
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"python3: can't open file {path!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        raise SystemExit(2)
    exec(_compile(path, source), module.__dict__)


def _module(spec):
    import runpy
    sys.argv = [spec["module"], *spec["args"]]
    sys.path.insert(0, HOME)
    sys.modules["__main__"] = types.ModuleType("__main__")
    runpy._run_module_as_main(spec["module"])


def _imported(name):
    """The learner's module. Its file is known: to have the import system look for it takes as long as a small program."""
    if "." in name or name in sys.stdlib_module_names:
        return _import(name, fromlist=["*"])
    path = os.path.join(HOME, name + ".py")
    loader = _Loader(name, path)
    spec = importlib.machinery.ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    module = sys.modules[name] = types.ModuleType(name)
    module.__spec__, module.__loader__, module.__file__, module.__package__ = spec, loader, path, ""
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return sys.modules[name]


def _call(spec):
    sys.argv = [spec["file"]]
    sys.path.insert(0, HOME)
    name = spec["file"].removesuffix(".py").replace("/", ".")
    function = getattr(_imported(name), spec["function"])
    value = function(*spec["args"])
    try:
        return _dumps(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{spec['function']}() returned {type(value).__name__}, which is not plain data: {error}") from None


_USAGE = "usage: python3 [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"


def _arguments(spec):
    """python3 as a program starts it: by its command line."""
    words = spec["argv"][1:]
    sys.orig_argv = list(spec["argv"])
    signals.begin()
    if dict(os.environ) != spec["environment"]:
        os.environ.clear()
        os.environ.update(spec["environment"])
    for fd, name in enumerate(("stdin", "stdout", "stderr")):
        _suit(name, fd)
    isolated = words and words[0][:1] == "-" and words[0][1:2] not in "cmWX-" and set(words[0]) & {"E", "I"}
    if not isolated and (folders := os.environ.get("PYTHONPATH")):
        sys.path[:0] = folders.split(":")
    while words and words[0].startswith("-") and words[0] != "-":
        option, *words = words
        if option == "--":
            break
        if option in ("-V", "--version"):
            print("Python", sys.version.split()[0])
            return
        if option in ("-h", "--help"):
            print(_USAGE, end="")
            return
        if option == "-u":
            if sys.stdout is not None:
                sys.stdout.reconfigure(write_through=True)
            continue
        kind, value = option[:2], option[2:]
        if kind in ("-c", "-m", "-W", "-X"):
            if not value:
                if not words:
                    _refuse(f"Argument expected for the {kind} option")
                value, *words = words
            if kind == "-c":
                return _command(value, words)
            if kind == "-m":
                return _module({"module": value, "args": words})
            if kind == "-W":
                import warnings
                warnings._processoptions([value])
        elif option.startswith("--") or not set(option[1:]) <= set("BbdEiIOPqsSvx"):
            _refuse(f"Unknown option: {option if option.startswith('--') else kind}")
    if words and words[0] != "-":
        if os.path.isdir(words[0]) or zipfile.is_zipfile(words[0]):
            return _package(words)
        return _script({"file": words[0], "args": words[1:]}, os.getcwd())
    _command("" if sys.stdin is None else sys.stdin.read(), words[1:], "-", "<stdin>")


def _package(words):
    """A folder or zip file, whose __main__.py is run."""
    import runpy
    sys.argv = list(words)
    sys.path.insert(0, words[0])
    sys.modules["__main__"] = types.ModuleType("__main__")
    runpy._run_module_as_main("__main__", False)


def _refuse(why):
    print(f"{why}\n{_USAGE}Try `python3 -h' for more information.", file=sys.stderr)
    raise SystemExit(2)


def _suit(name, fd):
    """On a terminal each line is shown at once; into a pipe or a file goes more at a time. What is closed is None."""
    try:
        shown = stat.S_ISCHR(os.fstat(fd).st_mode)
    except OSError:
        setattr(sys, name, None)
        setattr(sys, f"__{name}__", None)
        return
    if not shown and fd == 1:
        sys.stdout.reconfigure(line_buffering=False)


def _command(source, args, name="-c", filename="<string>"):
    sys.argv = [name, *args]
    sys.path.insert(0, "")
    module = types.ModuleType("__main__")
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    exec(_compile(filename, source), module.__dict__)


_KINDS = {"script": _script, "module": _module, "call": _call, "arguments": _arguments}
_model = None


def _monitor_model(model, observe):
    """Starts to watch the learner's code, once a life: the host asks for one model a life."""
    global _model
    if _model is None:
        _model = model
        monitor.start(model, observe)


def _end(status, spec):
    """What CPython does between the last line of a program and the end of its process."""
    try:
        threading._shutdown()
    except BaseException as exception:
        _thread._report_unraisable(exception, "Exception ignored on threading shutdown")
    try:
        atexit._run_exitfuncs()
    except BaseException:
        pass
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    if _tracker._fd is not None:
        # CPython does it when the object is destroyed, at the very end.
        _tracker._stop(use_blocking_lock=False)
    if spec["again"]:
        _arena.clear()
        # The library's own, too: whoever needs those has begun processes, and does not run again in this life.
        atexit._clear()
    code, kind, message, place, value = status
    if kind == "KeyboardInterrupt" and os.getppid() != _SHELL:
        signals.end_as_interrupted()
    report = {"code": code, "type": kind, "message": message, "at": place, "value": value}
    exit_process(_dumps(report).encode())


def carry():
    """A carrier: a stack that runs one task after the other."""
    while True:
        body, then = take_work(), 0
        try:
            # What runs on another stack than its thread's first answers which stack of the thread goes on when it ends.
            then = body()
        except BaseException:
            # A stack overflow or the end of memory where nobody expected it; the carrier must live on.
            pass
        if sys.gettrace() is not None:
            sys.settrace(None)
        if sys.getprofile() is not None:
            sys.setprofile(None)
        body = None
        end_task(then if _type(then) is _int else 0)


def prepare():
    global _arena
    # Before the library's own hook, which would write and trust .pyc files.
    hook = importlib.machinery.FileFinder.path_hook((_Loader, [".py"]))
    sys.path_hooks.insert(1, hook)
    sys.path_importer_cache.clear()
    stdio.install()
    _arena = Arena()
