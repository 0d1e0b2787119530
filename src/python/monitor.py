"""Where the learner's threads can be preempted: at each bytecode that touches something another thread may see.

A local variable, a constant or an arithmetic operation cannot be observed by anybody else, so a switch there would
change nothing; leaving those out costs no interleaving and makes a loop over locals run at full speed.
"""
import sys
from _hb import is_learners, step, watch
from opcode import _inline_cache_entries, opmap

TOOL = 4
_monitoring = sys.monitoring
_DISABLE = _monitoring.DISABLE

# Attributes, items, cells, calls (of anything: the callee may touch anything), iteration over a shared container.
_SHARED = {
    "LOAD_ATTR", "STORE_ATTR", "DELETE_ATTR", "LOAD_SUPER_ATTR", "LOAD_DEREF", "STORE_DEREF", "DELETE_DEREF",
    "STORE_SUBSCR", "DELETE_SUBSCR", "BINARY_SLICE", "STORE_SLICE", "CONTAINS_OP", "UNPACK_SEQUENCE", "UNPACK_EX",
    "CALL", "CALL_KW", "CALL_FUNCTION_EX", "LOAD_SPECIAL", "SEND", "LIST_EXTEND", "SET_UPDATE", "DICT_UPDATE",
    "STORE_GLOBAL", "DELETE_GLOBAL", "STORE_NAME", "DELETE_NAME", "LOAD_FROM_DICT_OR_DEREF",
    "LOAD_FROM_DICT_OR_GLOBALS", "IMPORT_NAME",
}
# Frozen: a program can reach all this, and must not be able to change where it is preempted.
_SHARED_OPS = frozenset(opmap[name] for name in _SHARED)
_NAME_LOADS = frozenset({opmap["LOAD_GLOBAL"], opmap["LOAD_NAME"]})
_LOAD_GLOBAL, _STORE_NAME, _STORE_GLOBAL = opmap["LOAD_GLOBAL"], opmap["STORE_NAME"], opmap["STORE_GLOBAL"]
# A module's name that is only bound by `def` or `import` does not change while threads run.
_DEFINERS = frozenset(opmap[name] for name in ("MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE", "IMPORT_NAME", "IMPORT_FROM"))
_BINARY_OP, _GET_ITER, _FOR_ITER = opmap["BINARY_OP"], opmap["GET_ITER"], opmap["FOR_ITER"]
_EXTENDED = opmap["EXTENDED_ARG"]
_entries = {opmap[name]: entries for name, entries in _inline_cache_entries.items() if name in opmap}
_CACHES = tuple(_entries.get(op, 0) for op in range(256))
# BINARY_OP's argument for `a[b]`. The arithmetic ones read values that are already on this thread's own stack.
_SUBSCRIPT = 26

# Files of the learner's machine, and code made at run time by exec and eval.
_LIBRARY = ("/lib/", "<frozen ", "<hb:")

_mutable_names = set()


def _instructions(code):
    raw = code.co_code
    at = extended = 0
    while at < len(raw):
        op, arg = raw[at], raw[at + 1] | extended
        yield at, op, arg
        extended = arg << 8 if op == _EXTENDED else 0
        at += 2 + 2 * _CACHES[op]


def _collect_names(code):
    """Adds the global names that this code (and the code inside it) binds to something that may change."""
    previous = None
    for _, op, arg in _instructions(code):
        at_module_level = op == _STORE_NAME and code.co_name == "<module>" and previous not in _DEFINERS
        if at_module_level or op == _STORE_GLOBAL:
            _mutable_names.add(code.co_names[arg])
        if op != _EXTENDED:
            previous = op
    for const in code.co_consts:
        if hasattr(const, "co_code"):
            _collect_names(const)


def _points(code):
    """One byte for each code unit: 1 where a switch can matter."""
    points = bytearray(len(code.co_code) // 2)
    last_name = None
    over_range = False
    for at, op, arg in _instructions(code):
        if op in _NAME_LOADS:
            last_name = code.co_names[arg >> 1 if op == _LOAD_GLOBAL else arg]
            shared = last_name in _mutable_names
        elif op == _BINARY_OP:
            shared = arg == _SUBSCRIPT
        elif op == _GET_ITER:
            # Nobody else can see how far `for i in range(n)` is.
            over_range = last_name == "range"
            shared = False
        elif op == _FOR_ITER:
            shared = not over_range
        else:
            shared = op in _SHARED_OPS
        points[at // 2] = shared
    return bytes(points)


_model = None


def _watch(code):
    watch(code, _points(code), code.co_filename.encode("utf-8", "replace"))
    if _model == 1:
        _monitoring.set_local_events(TOOL, code, _monitoring.events.INSTRUCTION)


def _on_start(code, offset):
    # Not by the name of its file, which a program can make up.
    if is_learners(code):
        if code.co_name == "<module>":
            _collect_names(code)
        _watch(code)
    return _DISABLE


def start(model):
    """Begins to watch the learner's code; model 0 cpython, 1 every-bytecode, 2 blocking-only."""
    global _model
    _model = model
    _monitoring.use_tool_id(TOOL, "happens-before")
    _monitoring.register_callback(TOOL, _monitoring.events.PY_START, _on_start)
    _monitoring.register_callback(TOOL, _monitoring.events.INSTRUCTION, step)
    _monitoring.set_events(TOOL, _monitoring.events.PY_START)
