"""For known-wrong.test.ts: a program as somebody would hand it in who has changed its looks and nothing else."""
import ast


def renamed(sources):
    return [_renamed(source) for source in sources]


class _Own(ast.NodeVisitor):
    """The names that a program gives, and those of its attributes."""

    def __init__(self):
        self.names, self.attributes = set(), set()

    def visit_ClassDef(self, node):
        self.names.add(node.name)
        for one in node.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                self.attributes.add(one.name)
            elif isinstance(one, ast.Assign | ast.AnnAssign):
                self.attributes.add((one.target if isinstance(one, ast.AnnAssign) else one.targets[0]).id)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.names.add(node.name)
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.names.add(node.id)

    def visit_arg(self, node):
        self.names.add(node.arg)

    def visit_Attribute(self, node):
        if isinstance(node.ctx, ast.Store):
            self.attributes.add(node.attr)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node):
        if node.name:
            self.names.add(node.name)
        self.generic_visit(node)


def _renamed(source):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    # Tests never run it, and authors leave it out: so it is nothing that tells answers apart.
    tree.body = [one for one in tree.body if not (isinstance(one, ast.If) and "__main__" in ast.unparse(one.test))]
    own = _Own()
    own.visit(tree)
    for node in ast.walk(tree):
        for field in ("id", "name", "arg", "attr", "asname"):
            _rename(node, field, own)
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [_other(name) for name in node.names]
    return "# mine\n\n\n" + ast.unparse(tree).replace("    ", "   ")


def _rename(node, field, own):
    name = getattr(node, field, None)
    if not isinstance(name, str) or isinstance(node, ast.alias) and field == "name":
        return
    if field == "attr" and isinstance(node.value, ast.Name) and node.value.id not in own.names:
        return
    if name in (own.attributes if field == "attr" else own.names):
        setattr(node, field, _other(name))


def _other(name):
    return name if name.startswith("__") else f"my_{name[::-1]}"
