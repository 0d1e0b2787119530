/** The Python shims below multiprocessing: ctypes in shared memory, semaphores, /dev/shm. Expected: what CPython 3.14 says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

/** Runs a program; answers its stdout, then its stderr, then how it ended unless it ended well. */
async function output(source: string): Promise<string> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, {}, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  return stdout + stderr + (outcome.kind === 'exit' && outcome.code === 0 ? '' : `[${outcome.kind}]`);
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'ctypes: simple types with the sizes of wasm32, values that wrap around, errors',
    `
import ctypes
from ctypes import *
for name in ('c_bool', 'c_char', 'c_byte', 'c_short', 'c_int', 'c_long', 'c_longlong', 'c_float', 'c_double', 'c_wchar', 'c_size_t', 'c_void_p'):
    t = getattr(ctypes, name)
    print(name, sizeof(t), alignment(t), end='; ')
print()
print(c_int(5), c_int(2**40 + 5), c_uint(-1), c_byte(200), c_char(b'x'), c_char(65), c_bool([0]), c_float(0.1), c_wchar('é'))
number = c_int()
number.value += 3
print(number, number.value, bool(number), bool(c_int()), bytes(c_short(258)), c_int(3) == c_int(3))
class Celsius(c_int): pass
print(repr(Celsius(3))[:19], Celsius(3).value)
for bad in (lambda: c_int('5'), lambda: c_int(5.0), lambda: c_float('1'), lambda: c_char('x'), lambda: c_char(b'xy'), lambda: c_char(256),
            lambda: c_int(1, 2), lambda: hash(c_int(1)), lambda: c_int(1) + 1, lambda: sizeof(5), lambda: c_int * -1, lambda: c_int * 2.0):
    try: bad()
    except Exception as e: print(f'{type(e).__name__}: {e}')
`,
    `c_bool 1 1; c_char 1 1; c_byte 1 1; c_short 2 2; c_int 4 4; c_long 4 4; c_longlong 8 8; c_float 4 4; c_double 8 8; c_wchar 4 4; c_size_t 4 4; c_void_p 4 4; 
c_int(5) c_int(5) c_uint(4294967295) c_byte(-56) c_char(b'x') c_char(b'A') c_bool(True) c_float(0.10000000149011612) c_wchar('é')
c_int(3) 3 True False b'\\x02\\x01' False
<Celsius object at  3
TypeError: 'str' object cannot be interpreted as an integer
TypeError: 'float' object cannot be interpreted as an integer
TypeError: must be real number, not str
TypeError: one character bytes, bytearray, or an integer in range(256) expected, not str
TypeError: one character bytes, bytearray, or an integer in range(256) expected, not bytes of length 2
TypeError: integer not in range(256)
TypeError: __init__ expected at most 1 argument, got 2
TypeError: unhashable type
TypeError: unsupported operand type(s) for +: 'c_int' and 'int'
TypeError: this type has no size
ValueError: Array length must be >= 0, not -1
TypeError: can't multiply sequence by non-int of type 'float'
`,
  ],
  [
    'ctypes: structures and unions: layout, nesting, packing, buffers from outside',
    `
from ctypes import *
class Point(Structure):
    _fields_ = [('x', c_int), ('y', c_double)]
class Line(Structure):
    _fields_ = [('name', c_char * 5), ('ends', Point * 2)]
class Packed(Structure):
    _pack_, _layout_ = 1, 'ms'
    _fields_ = [('x', c_char), ('y', c_longlong)]
class Number(Union):
    _fields_ = [('whole', c_uint), ('octets', c_ubyte * 4)]
class Tagged(Structure):
    _anonymous_ = ['number']
    _fields_ = [('tag', c_short), ('number', Number)]
class Point3(Point):
    _fields_ = [('z', c_short)]
print(sizeof(Point), alignment(Point), Point.y, sizeof(Line), Line.ends.offset, sizeof(Packed), Packed.y.offset, sizeof(Point3))
line = Line(b'ab', (Point(1, 2), (3, 4.5)))
line.ends[0].x += 10
print(line.name, [(p.x, p.y) for p in line.ends], Point3(1, 2, z=3).z)
other = Line.from_buffer_copy(line)
line.ends[1] = Point(7)
print(other.ends[1].x, line.ends[1].x, line.ends[1].y)
tagged = Tagged(1, Number(0x01020304))
tagged.octets[0] = 255
print(tagged.whole, tagged.number.octets[:])
view = bytearray(16)
over = Point.from_buffer(view)
over.x = 258
print(view[:4], Point.from_buffer(view, 0).x)
print(repr(Point(1))[:24], Point.x.offset, Point.x.size)
for bad in (lambda: Point(1, 2, 3), lambda: Point(1, x=1), lambda: Point('1'), lambda: Line(b'abcdef'), lambda: Line(ends=5), lambda: Structure(),
            lambda: Point.from_buffer(bytearray(15)), lambda: Point.from_buffer(b'x' * 16), lambda: setattr(Point, '_fields_', []),
            lambda: type('Bits', (Structure,), {'_fields_': [('low', c_int, 4)]}), lambda: type('Bad', (Structure,), {'_fields_': [('x', int)]})):
    try: bad()
    except Exception as e: print(f'{type(e).__name__}: {e}')
`,
    `16 8 <ctypes.CField 'y' type=c_double, ofs=8, size=8> 40 8 9 1 24
b'ab' [(11, 2.0), (3, 4.5)] 3
3 7 0.0
16909311 [255, 3, 2, 1]
bytearray(b'\\x02\\x01\\x00\\x00') 258
<__main__.Point object a 0 4
TypeError: too many initializers
TypeError: duplicate values for field 'x'
TypeError: 'str' object cannot be interpreted as an integer
ValueError: bytes too long (6, maximum length 5)
TypeError: expected Point_Array_2 instance, got int
TypeError: abstract class
ValueError: Buffer size too small (15 instead of at least 16 bytes)
TypeError: underlying buffer is not writable
AttributeError: _fields_ is final
NotImplementedError: bit field 'low': this machine's ctypes has no bit fields
TypeError: this type has no size
`,
  ],
  [
    'ctypes: arrays: one type for each length, slices, characters, what is stored before an error',
    `
from ctypes import *
Three = c_int * 3
print(Three, Three is c_int * 3, Three is 3 * c_int, Three._length_, Three._type_, sizeof(Three))
a = Three(1, 2)
a[-1] = 2**32 + 9
print(a[:], a[::-1], len(a), list(a), 9 in a)
a[:2] = [5, 6]
a[::2] = (7, 8)
print(a[:])
grid = (c_short * 2 * 3)((1, 2), (3, 4))
grid[2][1] = 9
print([row[:] for row in grid])
text = create_string_buffer(b'hello', 8)
text[0] = b'J'
text[4] = 121
print(text.value, text.raw, text[1:3], len(text), sizeof(text))
text.value = b'hi'
print(text.value, text.raw)
wide = create_unicode_buffer('hé', 4)
print(wide.value, wide[:2], sizeof(wide))
for bad in (lambda: a[3], lambda: a['x'], lambda: Three(1, 2, 3, 4), lambda: a.__setitem__(0, 'x'), lambda: a.__setitem__(slice(2), [1]),
            lambda: a.__delitem__(0), lambda: setattr(text, 'value', b'123456789'), lambda: setattr(text, 'value', 'x'),
            lambda: create_string_buffer('x')):
    try: bad()
    except Exception as e: print(f'{type(e).__name__}: {e}')
try: a[:] = [1, 2, 'x']
except TypeError: print(a[:])
`,
    `<class '__main__.c_int_Array_3'> True True 3 <class 'ctypes.c_int'> 12
[1, 2, 9] [9, 2, 1] 3 [1, 2, 9] True
[7, 6, 8]
[[1, 2], [3, 4], [0, 9]]
b'Jelly' b'Jelly\\x00\\x00\\x00' b'el' 8 8
b'hi' b'hi\\x00ly\\x00\\x00\\x00'
hé hé 16
IndexError: invalid index
TypeError: indices must be integers
IndexError: invalid index
TypeError: 'str' object cannot be interpreted as an integer
ValueError: Can only assign sequence of same size
TypeError: Array does not support item deletion
ValueError: byte string too long
TypeError: bytes expected instead of str instance
TypeError: x
[1, 2, 8]
`,
  ],
  [
    'ctypes: pointers among living objects; an address is nothing else',
    `
from ctypes import *
import ctypes, copy, pickle
number = c_int(5)
p = pointer(number)
p.contents.value = 6
p[0] += 1
print(number, p.contents, p[0], POINTER(c_int), type(p) is POINTER(c_int), bool(POINTER(c_int)()))
class Node(Structure): pass
Node._fields_ = [('value', c_int), ('next', POINTER(Node))]
node = Node(1, pointer(Node(2)))
print(node.next.contents.value, bool(node.next.contents.next))
buffer = create_string_buffer(b'abcdef')
print(memmove(buffer, b'XY', 2) == addressof(buffer), buffer.value, string_at(buffer), string_at(addressof(buffer) + 4, 2))
memset(addressof(buffer) + 1, ord('-'), 3)
print(buffer.value, cast(buffer, POINTER(c_ubyte))[0], c_char_p(b'text').value)
print(copy.copy(Node(3)).value if False else copy.deepcopy((c_int * 2)(1, 2))[:], pickle.loads(pickle.dumps(number)))
address = addressof(c_int(7))
for bad in (lambda: string_at(4096), lambda: memset(addressof(buffer), 0, 8), lambda: c_int.from_address(address), lambda: p[1],
            lambda: POINTER(c_int)().contents, lambda: CDLL('libc.so.6'), lambda: CDLL(None), lambda: cdll.msvcrt, lambda: ctypes.pythonapi,
            lambda: ctypes.CFUNCTYPE, lambda: ctypes.c_nothing, lambda: pickle.dumps(node), lambda: pointer(5)):
    try: print('no error', bad())
    except Exception as e: print(f'{type(e).__name__}: {e}'.replace(hex(address), 'ADDRESS').replace(hex(addressof(buffer)), 'BUFFER').replace(hex(addressof(number) + 4), 'NEXT'))
try: import _ctypes
except ImportError: print('no _ctypes')
`,
    `c_int(7) c_int(7) 7 <class 'ctypes.LP_c_int'> True False
2 False
True b'XYcdef' b'XYcdef' b'ef'
b'X---ef' 88 b'text'
[1, 2] c_int(7)
OSError: 0x1000 is in no living ctypes object; there is no raw memory in this machine
OSError: BUFFER is in no living ctypes object; there is no raw memory in this machine
OSError: ADDRESS is in no living ctypes object; there is no raw memory in this machine
OSError: NEXT is in no living ctypes object; there is no raw memory in this machine
ValueError: NULL pointer access
OSError: libc.so.6: cannot open shared object file: there is no raw memory in this machine, so no C library in it
OSError: None: cannot open shared object file: there is no raw memory in this machine, so no C library in it
OSError: msvcrt: cannot open shared object file: there is no raw memory in this machine, so no C library in it
NotImplementedError: ctypes.pythonapi: there is no raw memory in this machine, and this ctypes has only what needs none
NotImplementedError: ctypes.CFUNCTYPE: there is no raw memory in this machine, and this ctypes has only what needs none
AttributeError: module 'ctypes' has no attribute 'c_nothing'
ValueError: ctypes objects containing pointers cannot be pickled
TypeError: <class 'int'> must have storage info
no _ctypes
`,
  ],
  [
    "sharedctypes: Value, Array and the documentation's Point in shared memory",
    `
import multiprocessing
from ctypes import Structure, c_bool, c_double, c_int, sizeof
from multiprocessing import sharedctypes
class Point(Structure):
    _fields_ = [('x', c_double), ('y', c_double)]
ctx = multiprocessing.get_context('fork')
lock = ctx.Lock()
n, x = sharedctypes.Value('i', 7, ctx=ctx), sharedctypes.Value(c_double, 1.0 / 3.0, lock=False)
s = sharedctypes.Array('c', b'hello world', lock=lock, ctx=ctx)
points = sharedctypes.Array(Point, [(1.875, -6.25), (-5.75, 2.0), (2.375, 9.5)], lock=lock, ctx=ctx)
n.value **= 2; x.value **= 2; s.value = s.value.upper()
for p in points: p.x **= 2; p.y **= 2
print(n.value, x.value, s.value, [(p.x, p.y) for p in points])
print(n, x, n.get_obj(), len(points), s.raw)
for code in 'cbBhHiIlLqQfdu':
    raw = sharedctypes.RawArray(code, 2)
    print(code, sharedctypes.RawValue(code), raw[:], sizeof(raw), end='; ')
print()
flag = ctx.Value(c_bool, True); flag.value = 0
copied = sharedctypes.copy(n.get_obj()); copied.value += 1
one = sharedctypes.Value(Point, 3, 4, ctx=ctx); one.x = 10
numbers = sharedctypes.synchronized(sharedctypes.RawArray('i', range(4)), ctx=ctx); numbers[1:3] = [9, 8]
print(flag.value, copied, n.value, type(one).__name__, one.x, one.get_obj().y, numbers[:], list(numbers), type(numbers).__name__)
for bad in (lambda: ctx.Value('i', 'x'), lambda: ctx.Array('i', -1), lambda: setattr(n, 'value', 1.5), lambda: ctx.Array('i', 3)[3], lambda: ctx.Value('z', lock=5)):
    try: print('no error', bad())
    except Exception as e: print(f'{type(e).__name__}: {e}')
`,
    `49 0.1111111111111111 b'HELLO WORLD' [(3.515625, 39.0625), (33.0625, 4.0), (5.640625, 90.25)]
<Synchronized wrapper for c_int(49)> c_double(0.1111111111111111) c_int(49) 3 b'HELLO WORLD'
c c_char(b'\\x00') b'\\x00\\x00' 2; b c_byte(0) [0, 0] 2; B c_ubyte(0) [0, 0] 2; h c_short(0) [0, 0] 4; H c_ushort(0) [0, 0] 4; i c_int(0) [0, 0] 8; I c_uint(0) [0, 0] 8; l c_long(0) [0, 0] 8; L c_ulong(0) [0, 0] 8; q c_longlong(0) [0, 0] 16; Q c_ulonglong(0) [0, 0] 16; f c_float(0.0) [0.0, 0.0] 8; d c_double(0.0) [0.0, 0.0] 16; u c_wchar('\\x00') \0\0 8; 
False c_int(50) 49 SynchronizedPoint 10.0 4.0 [0, 9, 8, 3] [0, 9, 8, 3] SynchronizedArray
TypeError: 'str' object cannot be interpreted as an integer
ValueError: Array length must be >= 0, not -1
TypeError: 'float' object cannot be interpreted as an integer
IndexError: invalid index
TypeError: this type has no size
`,
  ],
  [
    '_multiprocessing.SemLock: kinds, time-outs, names, owners, errors',
    `
import multiprocessing, threading, time
from _multiprocessing import SemLock, sem_unlink, flags
import _multiprocessing
print(flags, SemLock.SEM_VALUE_MAX)
for bad in (lambda: SemLock(2, 1, 1, '/x', True), lambda: SemLock(1, -1, 1, '/x', True), lambda: SemLock(1, 1, 1, '/a/b', True),
            lambda: SemLock(1, 1, 1, '', True), lambda: SemLock(1, 1, 1, 'a\\0b', True), lambda: SemLock(1, 1, 1, b'x', True),
            lambda: SemLock(1, 1, 2**31, '/x', True), lambda: sem_unlink('/none'), lambda: sem_unlink(''), lambda: sem_unlink(None),
            lambda: SemLock._rebuild(1, 1, 1, '/none')):
    try: print('no error', bad())
    except Exception as e: print(f'{type(e).__name__}: {e.strerror if isinstance(e, OSError) else e}')
s = SemLock(1, 1, 1, '/named', False)
print(s.kind, s.maxvalue, s.name, s.acquire(), s._count(), s._is_mine(), s._get_value(), s._is_zero(), s.acquire(False), s.acquire(True, -1))
start = time.monotonic()
print(s.acquire(True, 1.5), s.acquire(timeout=0.5), round(time.monotonic() - start, 3))
twin = SemLock._rebuild(s.handle, 1, 1, '/named')
print(twin._count(), twin._is_zero(), twin.release(), s._get_value(), s._count())
try: SemLock(1, 1, 1, '/named', False)
except FileExistsError as e: print(e.strerror)
sem_unlink('/named')
for again in (twin.release, lambda: s.acquire(True, 'x'), lambda: s.acquire(True, float('nan')) or s.acquire(True, float('inf'))):
    try: again()
    except Exception as e: print(f'{type(e).__name__}: {e.strerror if isinstance(e, OSError) else e}')
r = SemLock(0, 1, 1, '/r', True)
print(r.name, r.acquire(), r.acquire(), r.acquire(False), r._count())
def other():
    print(r._is_mine(), r.acquire(False), r.acquire(True, 0.25))
    try: r.release()
    except AssertionError as e: print(e)
    with r: print('got it', r._is_mine(), round(time.monotonic() - start, 3))
t = threading.Thread(target=other); t.start(); time.sleep(1)
for _ in range(3): r.release()
t.join()
s.acquire(timeout=0); s._after_fork(); print(s._count(), s._is_mine())
c = SemLock(1, 0, 3, '/c', True)
for _ in range(3): c.release()
print(c._get_value(), c._count())
try: c.release()
except ValueError as e: print(e)
`,
    `{'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1} 2147483647
ValueError: unrecognized kind
OSError: Invalid argument
OSError: Invalid argument
OSError: Invalid argument
ValueError: embedded null character
TypeError: SemLock() argument 'name' must be str, not bytes
OverflowError: Python int too large to convert to C int
FileNotFoundError: No such file or directory
FileNotFoundError: No such file or directory
TypeError: sem_unlink() argument must be str, not None
FileNotFoundError: No such file or directory
1 1 /named True 1 True 0 True False False
False False 2.0
0 True None 1 1
File exists
ValueError: semaphore or lock released too many times
TypeError: must be real number, not str
None True True True 3
False False False
attempt to release recursive lock not owned by thread
got it True 3.0
0 False
3 -3
semaphore or lock released too many times
`,
  ],
  [
    'a signal interrupts who waits for a SemLock; with a handler the wait goes on for what is left',
    `
import _thread, multiprocessing, signal, threading, time
lock = multiprocessing.get_context('fork').Lock()
lock.acquire()
for wait in (lambda: lock.acquire(), lambda: lock.acquire(timeout=9)):
    start = time.monotonic()
    threading.Timer(1, _thread.interrupt_main).start()
    try: print(wait())
    except KeyboardInterrupt: print('interrupted', round(time.monotonic() - start, 3))
signal.signal(signal.SIGTERM, lambda number, frame: print('handler', round(time.monotonic() - start, 3)))
start = time.monotonic()
threading.Timer(1, _thread.interrupt_main, [signal.SIGTERM]).start()
print(lock.acquire(timeout=3), round(time.monotonic() - start, 3))
`,
    `interrupted 1.0
interrupted 1.0
handler 1.0
False 3.0
`,
  ],
  [
    '_posixshmem and SharedMemory: files in /dev/shm, errors with the name as given',
    `
import os, _posixshmem
from _posixshmem import shm_open, shm_unlink
from multiprocessing import shared_memory
fd = shm_open('/block', os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
os.ftruncate(fd, 64)
print(os.listdir('/dev/shm'), os.fstat(fd).st_size, os.get_inheritable(fd), oct(os.fstat(fd).st_mode & 0o777))
os.close(fd)
for bad in (lambda: shm_open('/block', os.O_CREAT | os.O_EXCL | os.O_RDWR), lambda: shm_open('/none', os.O_RDWR), lambda: shm_unlink('/none'),
            lambda: shm_open('/a/b', 0), lambda: shm_unlink(''), lambda: shm_open('a\\0b', 0), lambda: shm_open(b'x', 0), lambda: shm_open('x', 2**31)):
    try: print('no error', bad())
    except Exception as e: print(f'{type(e).__name__}: {e.strerror if isinstance(e, OSError) else e}')
shm_unlink('/block')
a = shared_memory.SharedMemory(name='ours', create=True, size=16, track=False)
b = shared_memory.SharedMemory(name='ours', track=False)
a.buf[:5] = b'hello'
print(bytes(b.buf[:5]), b.size >= 16, a, os.listdir('/dev/shm'))
b.close(); a.close(); a.unlink()
print(os.listdir('/dev/shm'))
`,
    `['block'] 64 False 0o600
FileExistsError: File exists
FileNotFoundError: No such file or directory
FileNotFoundError: No such file or directory
OSError: Invalid argument
FileNotFoundError: No such file or directory
ValueError: embedded null character
TypeError: shm_open() argument 1 must be str, not bytes
OverflowError: signed integer is greater than maximum
b'hello' True SharedMemory('ours', size=16) ['ours']
[]
`,
  ],
];

test.each(PROGRAMS)('%s', async (_name, source, expected) => {
  expect(await output(source)).toBe(expected);
});
