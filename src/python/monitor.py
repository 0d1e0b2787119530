"""Where the learner's threads can be preempted: at each bytecode that touches something another thread may see.

A local variable, a constant or an arithmetic operation cannot be observed by anybody else, so a switch there would
change nothing; leaving those out costs no interleaving and makes a loop over locals run at full speed.
"""
import sys
from _hb import is_learners, step, watch
from _opcode import get_special_method_names, stack_effect
from opcode import HAVE_ARGUMENT, _inline_cache_entries, opmap, opname

TOOL = 4
_monitoring = sys.monitoring
_DISABLE = _monitoring.DISABLE

# What an instruction touches, as interpreter/accesses.ts reads it from the evaluation stack. Keep the two in step.
(_NOTHING, _LOAD_ATTR, _STORE_ATTR, _DELETE_ATTR, _LOAD_NAME, _STORE_NAME, _LOAD_CELL, _STORE_CELL, _LOAD_ITEM, _STORE_ITEM,
 _DELETE_ITEM, _LOAD_SLICE, _STORE_SLICE, _READ_TOP, _CALL, _CALL_KW, _CALL_EX, _ITERATE, _SEND, _OPERATE, _COMPARE, _TEST,
 _ANYTHING, _ENTER) = range(24)
_KINDS = {
    "LOAD_ATTR": _LOAD_ATTR, "LOAD_SUPER_ATTR": _LOAD_ATTR, "STORE_ATTR": _STORE_ATTR, "DELETE_ATTR": _DELETE_ATTR,
    "STORE_GLOBAL": _STORE_NAME, "DELETE_GLOBAL": _STORE_NAME, "STORE_NAME": _STORE_NAME, "DELETE_NAME": _STORE_NAME,
    "LOAD_FROM_DICT_OR_GLOBALS": _LOAD_NAME, "LOAD_DEREF": _LOAD_CELL, "LOAD_FROM_DICT_OR_DEREF": _LOAD_CELL,
    "STORE_DEREF": _STORE_CELL, "DELETE_DEREF": _STORE_CELL,
    "STORE_SUBSCR": _STORE_ITEM, "DELETE_SUBSCR": _DELETE_ITEM, "BINARY_SLICE": _LOAD_SLICE, "STORE_SLICE": _STORE_SLICE,
    "CONTAINS_OP": _READ_TOP, "UNPACK_SEQUENCE": _READ_TOP, "UNPACK_EX": _READ_TOP, "LIST_EXTEND": _READ_TOP,
    "SET_UPDATE": _READ_TOP, "DICT_UPDATE": _READ_TOP, "DICT_MERGE": _READ_TOP,
    # Only if what they find is a container that others may see: `if not queue`, f"{queue}", `queue += [x]`, `a == b`.
    "TO_BOOL": _TEST, "FORMAT_SIMPLE": _TEST, "CONVERT_VALUE": _TEST, "GET_ITER": _TEST,
    "BINARY_OP": _OPERATE, "COMPARE_OP": _COMPARE,
    "CALL": _CALL, "CALL_KW": _CALL_KW, "CALL_FUNCTION_EX": _CALL_EX, "FOR_ITER": _ITERATE, "SEND": _SEND,
    "IMPORT_NAME": _ANYTHING, "WITH_EXCEPT_START": _ANYTHING,
}
# Frozen: a program can reach all this, and must not be able to change where it is preempted.
_KIND_OF = tuple(_KINDS.get(name, _NOTHING) for name in opname)
_NAME_LOADS = frozenset({opmap["LOAD_GLOBAL"], opmap["LOAD_NAME"]})
_LOAD_GLOBAL, _STORE_NAME_OP, _STORE_GLOBAL = opmap["LOAD_GLOBAL"], opmap["STORE_NAME"], opmap["STORE_GLOBAL"]
# A module's name that is only bound by `def` or `import` does not change while threads run.
_DEFINERS = frozenset(opmap[name] for name in ("MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE", "IMPORT_NAME", "IMPORT_FROM"))
_BINARY_OP, _GET_ITER, _FOR_ITER = opmap["BINARY_OP"], opmap["GET_ITER"], opmap["FOR_ITER"]
_EXTENDED = opmap["EXTENDED_ARG"]
_entries = {opmap[name]: entries for name, entries in _inline_cache_entries.items() if name in opmap}
_CACHES = tuple(_entries.get(op, 0) for op in range(256))
# BINARY_OP's argument for `a[b]`; from _INPLACE on they are `+=` and its like.
_SUBSCRIPT, _INPLACE = 26, 13
# Where the name is in an opcode's argument.
_NAMED = {opmap["LOAD_ATTR"]: 1, opmap["LOAD_SUPER_ATTR"]: 2, opmap["LOAD_GLOBAL"]: 1} | {
    opmap[name]: 0 for name in ("STORE_ATTR", "DELETE_ATTR", "LOAD_NAME", "STORE_NAME", "DELETE_NAME", "STORE_GLOBAL",
                                "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS")}
_LOCAL_LOADS = frozenset(opmap[name] for name in ("LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "LOAD_DEREF"))
_LOCAL_PAIRS = frozenset(opmap[name] for name in ("LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"))
_SMALL_INT, _CONST, _ATTR = (opmap[name] for name in ("LOAD_SMALL_INT", "LOAD_CONST", "LOAD_ATTR"))
_COPY, _SWAP, _RESUME = opmap["COPY"], opmap["SWAP"], opmap["RESUME"]
_SPECIAL, _SPECIAL_NAMES = opmap["LOAD_SPECIAL"], tuple(get_special_method_names())
_CALLS = frozenset(opmap[name] for name in ("CALL", "CALL_KW", "CALL_FUNCTION_EX"))
_STORES, _STORE_ATTR_OP = frozenset({_STORE_NAME_OP, _STORE_GLOBAL}), opmap["STORE_ATTR"]
_LOCAL_STORES = frozenset({opmap["STORE_FAST"], opmap["STORE_DEREF"]})
# Instructions after which the top of the stack is what it was.
_KEEPING = frozenset(opmap[name] for name in (
    "NOP", "RESUME", "NOT_TAKEN", "POP_TOP", "STORE_FAST", "STORE_NAME", "STORE_GLOBAL", "STORE_ATTR", "STORE_SUBSCR",
    "STORE_DEREF", "POP_JUMP_IF_FALSE", "POP_JUMP_IF_TRUE", "GET_ITER", "PUSH_NULL"))

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
        at_module_level = op == _STORE_NAME_OP and code.co_name == "<module>" and previous not in _DEFINERS
        if at_module_level or op == _STORE_GLOBAL:
            _mutable_names.add(code.co_names[arg])
        if op != _EXTENDED:
            previous = op
    for const in code.co_consts:
        if hasattr(const, "co_code"):
            _collect_names(const)


def _points(code):
    """For each code unit what it touches (0: nothing that others can see) and its argument, a number in four bytes."""
    kinds, args = bytearray(len(code.co_code) // 2), bytearray(2 * len(code.co_code))
    last_name = None
    over_range = resumed = False
    for at, op, arg in _instructions(code):
        kind = _KIND_OF[op]
        if op in _NAME_LOADS:
            last_name = code.co_names[arg >> 1 if op == _LOAD_GLOBAL else arg]
            kind = _LOAD_NAME if last_name in _mutable_names else _NOTHING
        elif op == _BINARY_OP:
            kind = _LOAD_ITEM if arg == _SUBSCRIPT else _OPERATE
            arg = arg >= _INPLACE
        elif op == _GET_ITER:
            # Nobody else can see how far `for i in range(n)` is.
            over_range = last_name == "range"
        elif op == _FOR_ITER and over_range:
            kind = _NOTHING
        # Code that a C function calls runs within that: others may come between, even if it does nothing they see.
        if kind == _NOTHING and resumed:
            kind = _ENTER
        resumed = op == _RESUME
        kinds[at // 2] = kind
        args[2 * at:2 * at + 4] = int(arg >> _NAMED.get(op, 0)).to_bytes(4, "little")
    return bytes(kinds), bytes(args)


def _target(code, at):
    """The variable or attribute that what a call answered is assigned to, if the next instructions do nothing else."""
    raw = code.co_code
    op, arg = raw[at], raw[at + 1]
    if op in _STORES:
        return code.co_names[arg]
    if op in _LOCAL_STORES:
        return code._varname_from_oparg(arg)
    if op in _LOCAL_LOADS and raw[at + 2] == _STORE_ATTR_OP:
        return f"{code._varname_from_oparg(arg)}.{code.co_names[raw[at + 3]]}"


def _spelling(code):
    """How the source spells what an instruction touches, as far as can be told: lines of `<code unit> <self.balance>`;
    for a call, under the unit's negative, what its answer is assigned to."""
    names, variables, consts = code.co_names, code._varname_from_oparg, code.co_consts
    stack, spelled = [], []
    for at, op, arg in _instructions(code):
        kind = _KIND_OF[op]
        name = names[arg >> _NAMED[op]] if op in _NAMED else None
        owner = None
        text = None
        if kind in (_LOAD_ATTR, _STORE_ATTR, _DELETE_ATTR):
            owner = stack[-1] if stack else "?"
            text = f"{owner}.{name}"
        elif name is not None:
            text = name
        elif kind in (_LOAD_CELL, _STORE_CELL):
            text = variables(arg)
        elif kind:
            depth = {_STORE_ITEM: 2, _DELETE_ITEM: 2, _LOAD_SLICE: 3, _STORE_SLICE: 4, _OPERATE: 2, _CALL: arg + 2,
                     _CALL_KW: arg + 3, _CALL_EX: 4}.get(kind, 1)
            text = stack[-depth] if len(stack) >= depth else "?"
        if text is not None and "?" not in text:
            spelled.append(f"{at // 2} {text}")
        if op in _CALLS and (target := _target(code, at + 2 + 2 * _CACHES[op])):
            spelled.append(f"{-at // 2} {target}")
        if op in _LOCAL_LOADS:
            stack.append(variables(arg))
        elif op in _LOCAL_PAIRS:
            stack += [variables(arg >> 4), variables(arg & 15)]
        elif op == _ATTR:
            if stack:
                stack.pop()
            stack.append(f"{owner}.{name}")
            if arg & 1:
                stack.append("?")
        elif op == _SPECIAL:
            owner = stack.pop() if stack else "?"
            stack += [f"{owner}.{_SPECIAL_NAMES[arg]}", "?"]
        elif op in _NAME_LOADS:
            stack.append(name)
            if op == _LOAD_GLOBAL and arg & 1:
                stack.append("?")
        elif op == _SMALL_INT or op == _CONST:
            stack.append(repr(arg if op == _SMALL_INT else consts[arg])[:20])
        elif op == _COPY:
            stack.append(stack[-arg] if len(stack) >= arg else "?")
        elif op == _SWAP and len(stack) >= arg:
            stack[-1], stack[-arg] = stack[-arg], stack[-1]
        elif op == _BINARY_OP and arg == _SUBSCRIPT and len(stack) >= 2:
            key = stack.pop()
            stack.append(f"{stack.pop()}[{key}]")
        elif op != _EXTENDED:
            effect = stack_effect(op, arg if op >= HAVE_ARGUMENT else None, jump=False)
            if effect < 0:
                del stack[effect:]
            else:
                stack += ["?"] * effect
            # What an instruction leaves on top is not what was there before.
            if stack and op not in _KEEPING:
                stack[-1] = "?"
    return "\n".join(spelled)


_model = _observed = None


def _watch(code):
    kinds, args = _points(code)
    watch(code, kinds, args, code.co_filename.encode("utf-8", "replace"), code.co_name.encode("utf-8", "replace"),
          _spelling(code).encode("utf-8", "replace") if _observed else b"")
    if _model == 1 or _observed:
        _monitoring.set_local_events(TOOL, code, _monitoring.events.INSTRUCTION)


def _on_start(code, offset):
    # Not by the name of its file, which a program can make up.
    if is_learners(code):
        if code.co_name == "<module>":
            _collect_names(code)
        _watch(code)
    return _DISABLE


def start(model, observed):
    """Begins to watch the learner's code; model 0 cpython, 1 every-bytecode, 2 blocking-only."""
    global _model, _observed
    _model, _observed = model, observed
    _monitoring.use_tool_id(TOOL, "happens-before")
    _monitoring.register_callback(TOOL, _monitoring.events.PY_START, _on_start)
    _monitoring.register_callback(TOOL, _monitoring.events.INSTRUCTION, step)
    _monitoring.set_events(TOOL, _monitoring.events.PY_START)
