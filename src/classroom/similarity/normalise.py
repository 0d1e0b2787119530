"""Answers as what is compared: tokens without names and layout, and a print of what the program is but for its names.

Runs in the sealed engine. The sources are data here: they are tokenised and parsed, never executed.
"""
import io
import keyword
import token
import tokenize
from program import program

# An answer has about 40 lines, 350 tokens. Whoever sends more is compared by what comes first.
MOST_TOKENS = 3_000
LONGEST = 200_000

KEYWORDS = frozenset(keyword.kwlist)
LAYOUT = frozenset((token.COMMENT, token.NL, token.NEWLINE, token.ENCODING, token.ENDMARKER, token.TYPE_COMMENT))
ASSIGNMENTS = frozenset("= += -= *= /= //= %= **= &= |= ^= >>= <<= @= :=".split())
CLOSING = frozenset(")]}")
# Words that begin a statement with a colon which no annotation follows.
STATEMENTS = KEYWORDS | {"match", "case"}
# A name is a parameter after one of these, where parameters are.
PARAMETER_AFTER = frozenset("( , * ** / lambda".split())
# How deep a tree may be, in tokens of one statement and in `elif`s: what is deeper ends the interpreter's own stack.
MOST_IN_STATEMENT = 1_000
MOST_ELIFS = 100
# Kinds of tokens that are not said as they stand there.
NAME, NUMBER, STRING, INDENT, DEDENT = "name", "0", "''", "indent", "dedent"


def normalise(sources):
    """For each source: its tokens, as numbers in the list of `words`; four numbers for where each of them is (first row
    and column, last row and column, from 0); which of them (from, to) are `if __name__ == '__main__':`; its program.
    """
    words, answers, numbers = [], [], {}
    for source in sources:
        tokens, places, readable, deep = _tokens(source[:LONGEST])
        codes = []
        for word in tokens:
            code = numbers.get(word)
            if code is None:
                code = numbers[word] = len(words)
                words.append(word)
            codes.append(code)
        answers.append({
            "tokens": codes,
            "places": places,
            "main": _main_block(tokens, places),
            "readable": readable,
            "program": program(source) if readable and not deep else None,
        })
    return {"words": words, "answers": answers}


def _tokens(source):
    found, readable, deep = _read(source)
    own, attributes = _own_names(found)
    words, places = [], []
    before = None
    for kind, text, start, end in found:
        if kind == token.NAME and text not in KEYWORDS:
            if before == ".":
                # What a module has (socket.socket) is not the answer's, whatever it calls its own.
                is_own = text in attributes and not (len(words) > 1 and words[-2] != NAME and words[-2].isidentifier())
            else:
                is_own = text in own
            word = NAME if is_own and not _is_special(text) else text
        else:
            word = _WORDS.get(kind, text)
        before = text
        words.append(word)
        places += start[0] - 1, start[1], end[0] - 1, end[1]
    if not readable:
        _add_lines(source, found[-1][3][0] if found else 0, words, places)
    return words[:MOST_TOKENS], places[: 4 * MOST_TOKENS], readable, deep


_WORDS = {
    token.NUMBER: NUMBER,
    token.STRING: STRING,
    token.FSTRING_START: "f'",
    token.FSTRING_MIDDLE: STRING,
    token.FSTRING_END: "'f",
    token.TSTRING_START: "t'",
    token.TSTRING_MIDDLE: STRING,
    token.TSTRING_END: "'t",
    token.INDENT: INDENT,
    token.DEDENT: DEDENT,
}


def _read(source):
    """The tokens that count, as far as Python can read them: strings that stand alone (docstrings) do not.

    Also whether it could read them all, and whether they are too deeply nested to be parsed.
    """
    found, readable = [], True
    statement, longest, elifs = 0, 0, 0
    at_start, alone = True, None
    try:
        for kind, text, start, end, _ in tokenize.generate_tokens(io.StringIO(source).readline):
            if kind == token.NEWLINE or kind == token.ENDMARKER:
                alone, at_start, statement = None, True, 0
                continue
            statement += 1
            longest = max(longest, statement)
            elifs += text == "elif"
            if kind in LAYOUT or text == ";":
                at_start = at_start or text == ";"
                continue
            if text in CLOSING and found and found[-1][1] == ",":
                found.pop()
            if alone is not None:
                found.append(alone)
                alone = None
            if kind == token.STRING and at_start:
                alone = kind, text, start, end
            else:
                found.append((kind, text, start, end if kind != token.INDENT else start))
            at_start = kind == token.INDENT or kind == token.DEDENT
            if len(found) >= MOST_TOKENS:
                # Nobody knows how deep the rest is.
                longest = len(source)
                break
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        readable = False
    return found, readable, longest > MOST_IN_STATEMENT or elifs > MOST_ELIFS


def _main_block(words, places):
    start = ["if", "__name__", "==", STRING, ":"]
    for index in range(len(words) - len(start) + 1):
        if words[index] == "if" and words[index : index + len(start)] == start and places[4 * index + 1] == 0:
            end = index + 1
            while end < len(words) and (places[4 * end + 1] > 0 or words[end] == INDENT or words[end] == DEDENT):
                end += 1
            return index, end
    return None


def _is_special(name):
    return name.startswith("__") and name.endswith("__")


def _own_names(found):
    """The names that the answer gives: variables, parameters, functions, classes; and those of its objects' attributes.

    By its tokens alone, so that an answer which is no program yet has names, too.
    """
    own, attributes = set(), set()
    # Of the statement: its first word, and its names so far, each with the set that it would belong to and its depth.
    first, statement, typed = None, [], False
    # First words of the statements around: what is assigned in the body of a class is an attribute.
    blocks = []
    depth, row, before = 0, 0, ""
    # Parameters follow until the colon at this depth, and the targets of a loop until `in`.
    parameters, targets = None, False
    for kind, text, start, _ in found:
        if kind == token.INDENT:
            blocks.append(first)
        elif kind == token.DEDENT and blocks:
            blocks.pop()
        if kind == token.INDENT or kind == token.DEDENT or depth == 0 and start[0] != row:
            first, statement, typed, parameters = None, [], False, None
        row = start[0]
        if kind == token.INDENT or kind == token.DEDENT:
            continue
        if first is None or first == "async":
            first = text
        in_class = depth == 0 and bool(blocks) and blocks[-1] == "class"
        if kind == token.NAME and text not in KEYWORDS:
            if before in ("def", "class", "as") or targets and before != ".":
                own.add(text)
                if in_class:
                    attributes.add(text)
            elif parameters is not None and before in PARAMETER_AFTER:
                own.add(text)
            statement.append((text, attributes if before == "." else own, depth))
        elif kind == token.OP:
            if text in "([{":
                depth += 1
            elif text in CLOSING:
                depth = max(0, depth - 1)
            elif text == ":=" and statement:
                own.add(statement[-1][0])
            elif depth == 0 and (text in ASSIGNMENTS or text == ":" and first not in STATEMENTS):
                for name, names, deep in [] if typed else statement:
                    if deep == 0:
                        names.add(name)
                        if in_class:
                            attributes.add(name)
                # What stands between `x:` and `=` is a type; after `=` there may be another target.
                statement, typed = [], text == ":"
            if text == ":" and parameters == depth:
                parameters = None
        elif text in ("def", "lambda"):
            parameters = depth
        elif text in ("for", "in"):
            targets = text == "for"
        before = text
    return own, attributes


def _add_lines(source, row, words, places):
    """What Python could not read, line by line: as its text without blanks."""
    for number, line in enumerate(source.split("\n")[row:], row):
        text = "".join(line.split())
        if text:
            words.append(text[:200])
            places += number, len(line) - len(line.lstrip()), number, len(line.rstrip())
        if len(words) >= MOST_TOKENS:
            return
