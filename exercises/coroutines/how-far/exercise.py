"""How far does it read?"""
LOG = ['ok', 'error 7', 'ok', 'error 8', 'ok', 'error 9', 'ok', 'ok']
read = 0


def lines():
    global read
    for line in LOG:
        read += 1
        yield line


def errors(lines):
    return (line for line in lines if line.startswith('error'))


def numbers(lines):
    for line in lines:
        yield int(line.split()[1])


pipeline = numbers(errors(lines()))
first = next(pipeline)
others = [number for _, number in zip(['second'], pipeline)]
print('found', [first, *others], 'after reading', read, 'lines')
