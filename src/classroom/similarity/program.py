"""A print that two programs share if they differ in names, comments, layout, docstrings and annotations only.

The tree is walked twice. First, every scope learns which names it binds, as CPython's symbol table does. Then the tree is
written down in its order, with a number for each name that the program itself gives, in the order in which they come.
A name that it does not give (Lock, acquire, print) stays itself. Like normalise.py it never executes anything.
"""
import ast
import hashlib

# The tree of a long source costs a hundred times its text; an answer has 40 lines.
LONGEST = 20_000

# Fields that say nothing about what the program does.
SILENT = frozenset(("annotation", "returns", "type_comment", "type_params", "type_ignores", "ctx", "kind"))


def program(source):
    """The print, or None if Python cannot read the source."""
    if len(source) > LONGEST:
        return None
    try:
        tree = ast.parse(source)
        tree.body = [statement for statement in tree.body if not _is_main_block(statement)]
        names = _Names(tree)
        return hashlib.sha256("\0".join(_write(tree, names)).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_main_block(statement):
    """`if __name__ == "__main__":`, which the tests never run."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), comparators=[ast.Constant(value="__main__")])):
            return not statement.orelse
    return False


def _is_silent(statement):
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


class _Scope:
    def __init__(self, parent, is_class):
        self.parent = parent
        self.is_class = is_class
        self.names = set()
        # What `global` and `nonlocal` say belongs to others.
        self.of_others = set()


class _Names:
    """Who gives each name of a program."""

    def __init__(self, tree):
        self.module = _Scope(None, False)
        self.scopes = {tree: self.module}
        self.attributes = set()
        self._bind_all(tree, self.module)
        self._numbers = {}

    def _bind_all(self, node, scope):
        for child in ast.iter_child_nodes(node):
            self._bind(child, scope)

    def _bind(self, node, scope):
        inner = scope
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self._give(name, scope)
                inner = _Scope(scope, isinstance(node, ast.ClassDef))
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = _Scope(scope, False)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                self._give(name, scope)
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()):
                self.attributes.add(name)
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                self._give(name, scope)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                self._give(name, scope)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                scope.of_others.update(names)
        if inner is not scope:
            self.scopes[node] = inner
        self._bind_all(node, inner)

    def _give(self, name, scope):
        if name not in scope.of_others:
            scope.names.add(name)
            if scope.is_class:
                self.attributes.add(name)

    def number(self, name, scope):
        """A name where it stands in `scope`."""
        start = scope
        while scope is not None:
            if name in scope.names and (scope is start or not scope.is_class):
                return self._numbered(None if scope.is_class else scope, name)
            scope = scope.parent
        return name

    def attribute(self, name, of, scope):
        """An attribute of the node `of`. What a module has (socket.socket) is not the program's, whatever it calls its own."""
        is_library = isinstance(of, ast.Name) and self.number(of.id, scope) == of.id
        return self._numbered(None, name) if name in self.attributes and not is_library else name

    def keyword(self, name):
        """The name of an argument: of the program's own functions, wherever they are, or of the library's."""
        own = any(name in scope.names for scope in self.scopes.values() if not scope.is_class)
        return self._numbered("keyword", name) if own else name

    def _numbered(self, whose, name):
        if name.startswith("__") and name.endswith("__"):
            return name
        return str(self._numbers.setdefault((whose, name), len(self._numbers)))


def _write(tree, names):
    words = []
    # What is still to be written, the next one last: nodes with their scopes, and words.
    waiting = [(tree, names.module)]
    while waiting:
        node, scope = waiting.pop()
        if not isinstance(node, ast.AST):
            words.append(node)
            continue
        inner = names.scopes.get(node, scope)
        kind = type(node).__name__
        if kind == "AnnAssign" and node.value is not None and not scope.is_class:
            words.append("Assign")
            waiting += (")", None), (node.value, scope), ("]", None), (node.target, scope)
            continue
        words.append(kind)
        waiting.append((")", None))
        for field in reversed(node._fields):
            if field in SILENT:
                continue
            value = getattr(node, field, None)
            within = inner
            if field == "decorator_list":
                within = scope
            elif kind == "arguments" and field in ("defaults", "kw_defaults"):
                within = scope.parent
            if isinstance(value, list):
                waiting.append(("]", None))
                waiting += [(_word(names, node, field, one, within), within) for one in reversed(value) if not _is_silent(one)]
            else:
                waiting.append((_word(names, node, field, value, scope if field == "name" else within), within))
    return words


def _word(names, node, field, value, scope):
    """What stands in a field of a node: a node as it is, anything else as the word for it."""
    if isinstance(value, ast.AST):
        return value
    if not isinstance(value, str) or isinstance(node, ast.Constant):
        return type(value).__name__ + repr(value)
    match node, field:
        case ast.Attribute(value=of), "attr":
            return names.attribute(value, of, scope)
        case ast.MatchClass(), "kwd_attrs":
            return names.attribute(value, None, scope)
        case ast.keyword(), "arg":
            return names.keyword(value)
        case (ast.alias(), "name") | (ast.ImportFrom(), "module"):
            return value
    return names.number(value, scope)
