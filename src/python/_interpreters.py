"""CPython's module for several interpreters in one process: there is one in each here, and who asks for more is told why."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module '_interpreters' has no attribute {name!r}")
    raise ImportError(
        "a process of this machine holds one interpreter only; with ProcessPoolExecutor, each worker is a process and has its own",
        name="_interpreters",
    )
