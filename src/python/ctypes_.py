"""ctypes without raw memory: CPython's C data types over bytes that Python owns, or that mmap shares with other processes.

A pure-Python subset of ctypes: simple types, arrays, structures, unions and pointers among them, as far as they touch
nothing but their own bytes. An address is a number that addressof() made up for living bytes; every other one is an
error, as is everything that would call a C function. Sizes are those of wasm32, as are alignments: c_long, c_size_t and
pointers have 4 bytes, c_longlong and c_double have 8 and are aligned to 8.

Before bytes that came from outside (from_buffer) are read or written, the kernel is told, once for each access: they may
be another process's too. Names and messages follow CPython 3.14's Modules/_ctypes.
"""
import sys as _sys
from bisect import bisect_right as _bisect_right, insort as _insort
from operator import index as _index
from struct import Struct as _Struct, unpack as _unpack
from types import GenericAlias as _GenericAlias
from warnings import warn as _warn
from weakref import WeakValueDictionary as _WeakValueDictionary
from _hb import shared as _shared

# Classes and functions say where they are from by this name, and pickle looks for them there.
__name__ = "ctypes"
__version__ = "1.1.0"
_NO_MEMORY = "there is no raw memory in this machine"
_MAX_SIZE = 2**31 - 1


class ArgumentError(Exception):
    pass


class _Block:
    """Bytes that C objects lie in; `outside`: they are somebody else's, who may share them with other processes."""

    __slots__ = ("bytes", "outside", "kept", "address", "__weakref__")

    def __init__(self, bytes, outside=False):
        self.bytes = memoryview(bytes)
        self.outside = outside
        # What pointers in these bytes point to, by where they are.
        self.kept = None
        self.address = 0

    def read(self, start, size):
        if self.outside:
            _shared(0)
        return self.bytes[start:start + size].tobytes()

    def write(self, start, data, kept=None):
        self.write_all(((start, data),), kept)

    def write_all(self, pieces, kept):
        """Writes (start, data) pieces as one access."""
        if self.outside:
            _shared(1)
        for start, data in pieces:
            self.bytes[start:start + len(data)] = data
        if kept:
            if self.kept is None:
                self.kept = {}
            self.kept[start] = kept


# Blocks by address, for those whose address somebody has asked for; the addresses, of the dead too, in order.
_blocks = _WeakValueDictionary()
_addresses = []
_FIRST_ADDRESS = 0x1000_0000
_next_address = _FIRST_ADDRESS


def _reset():
    """For the next run of this life: it gets the same addresses."""
    global _next_address
    _blocks.clear()
    _addresses.clear()
    _next_address = _FIRST_ADDRESS


def _address(block):
    global _next_address
    if not block.address:
        # At least a byte between two, so that the end of one is not the start of the next.
        size = (len(block.bytes) + 16) & ~15
        if _next_address + size > 0xFFFF_0000:
            raise MemoryError
        if len(_addresses) > 2 * len(_blocks) + 64:
            for dead in [address for address in _addresses if address not in _blocks]:
                _addresses.remove(dead)
        # No call in this line: no other thread gets the same.
        block.address, _next_address = _next_address, _next_address + size
        _blocks[block.address] = block
        _insort(_addresses, block.address)
    return block.address


def _no_memory(address):
    return OSError(f"{address:#x} is in no living ctypes object; {_NO_MEMORY}")


def _locate(address, size):
    """The block, and the place in it, of so many bytes at an address that was given out."""
    at = _bisect_right(_addresses, address) - 1
    base = _addresses[at] if at >= 0 else 0
    block = _blocks.get(base)
    if block is None or size < 0 or address - base + size > len(block.bytes):
        raise _no_memory(address)
    return block, address - base


def _until_nul(address, width, size=-1):
    """The bytes of so many characters at an address, or of those before the first NUL."""
    if size >= 0:
        block, start = _locate(address, size * width)
        return block.read(start, size * width)
    block, start = _locate(address, 0)
    data = block.read(start, len(block.bytes) - start)
    for at in range(0, len(data) - width + 1, width):
        if not any(data[at:at + width]):
            return data[:at]
    raise _no_memory(address + len(data))


class _Info:
    """What a C type is: its size and alignment; for simple types, how values become bytes and back."""

    __slots__ = ("size", "align", "code", "encode", "decode", "proto", "length", "fields", "names", "final", "pointers")

    def __init__(self, size=0, align=1, *, code=None, encode=None, decode=None, proto=None, length=0, pointers=False):
        self.size, self.align, self.code, self.encode, self.decode = size, align, code, encode, decode
        self.proto, self.length, self.pointers = proto, length, pointers
        # Of structures: descriptors in order, and the names that __init__ takes, the base's first.
        self.fields, self.names, self.final = (), (), True


def _info(type):
    return getattr(type, "_hb_info_", None) if isinstance(type, _PyCType) else None


def _type_name(value):
    return value.__class__.__name__


def _integer(code):
    size = _Struct("<" + code).size
    mask = 256**size - 1
    return lambda value, kept: (_index(value) & mask).to_bytes(size, "little")


def _real(value):
    """PyFloat_AsDouble."""
    if not isinstance(value, float):
        kind = value.__class__
        if not hasattr(kind, "__float__") and not hasattr(kind, "__index__"):
            raise TypeError(f"must be real number, not {kind.__name__}")
        value = float(value)
    return value


_pack_float, _pack_double = _Struct("<f").pack, _Struct("<d").pack


def _encode_float(value, kept):
    value = _real(value)
    try:
        return _pack_float(value)
    except OverflowError:
        return _pack_float(float("inf") if value > 0 else float("-inf"))


def _encode_double(value, kept):
    return _pack_double(_real(value))


def _encode_char(value, kept):
    if isinstance(value, (bytes, bytearray)):
        if len(value) == 1:
            return bytes(value)
        kind = "bytearray" if isinstance(value, bytearray) else "bytes"
        got = f"{kind} of length {len(value)}"
    elif isinstance(value, int):
        if 0 <= value <= 255:
            return bytes((value,))
        raise TypeError("integer not in range(256)")
    else:
        got = _type_name(value)
    raise TypeError(f"one character bytes, bytearray, or an integer in range(256) expected, not {got}")


def _encode_wide(text):
    return text.encode("utf-32-le", "surrogatepass")


def _decode_wide(data):
    for code in _unpack(f"<{len(data) // 4}I", data):
        if code > 0x10FFFF:
            raise ValueError(f"character U+{code:x} is not in range [U+0000; U+10ffff]")
    return data.decode("utf-32-le", "surrogatepass")


def _encode_wchar(value, kept):
    if not isinstance(value, str):
        raise TypeError(f"a unicode character expected, not instance of {_type_name(value)}")
    if len(value) != 1:
        raise TypeError(f"a unicode character expected, not a string of length {len(value)}")
    return _encode_wide(value)


def _encode_address(value, kept):
    if value is not None and not isinstance(value, int):
        raise TypeError("cannot be converted to pointer")
    return ((value or 0) & 0xFFFF_FFFF).to_bytes(4, "little")


def _encode_text(kind, what, to_bytes):
    def encode(value, kept):
        if isinstance(value, kind):
            block = _Block(bytearray(to_bytes(value)))
            kept.append(block)
            value = _address(block)
        elif value is not None and not isinstance(value, int):
            raise TypeError(f"{what} or integer address expected instead of {_type_name(value)} instance")
        return _encode_address(value, kept)
    return encode


_encode_char_p = _encode_text(bytes, "bytes", lambda value: value + b"\0")
_encode_wchar_p = _encode_text(str, "unicode string", lambda value: _encode_wide(value + "\0"))


def _simple(code, size, encode, decode=None, pointers=False):
    return _Info(size, size, code=code, encode=encode, decode=decode, pointers=pointers)


# Standard sizes of the struct module, which for 4-byte longs are this machine's.
_SIMPLE = {code: _simple(code, _Struct("<" + code).size, _integer(code)) for code in "bBhHiIlLqQ"} | {
    "f": _simple("f", 4, _encode_float), "d": _simple("d", 8, _encode_double),
    "c": _simple("c", 1, _encode_char), "?": _simple("?", 1, lambda value, kept: b"\1" if value else b"\0"),
    "u": _simple("I", 4, _encode_wchar, lambda code: _decode_wide(code.to_bytes(4, "little"))),
    "P": _simple("I", 4, _encode_address, lambda address: address or None, pointers=True),
    "z": _simple("I", 4, _encode_char_p, lambda address: _until_nul(address, 1) if address else None, pointers=True),
    "Z": _simple("I", 4, _encode_wchar_p, lambda at: _decode_wide(_until_nul(at, 4)) if at else None, pointers=True),
}


def _encode(type, info, value, kept):
    """The bytes that stand for a value in a place of this type; what they point to is added to `kept`."""
    if not isinstance(value, _CData):
        if info.encode:
            return info.encode(value, kept)
        if isinstance(value, tuple):
            try:
                value = type(*value)
            except Exception as error:
                raise RuntimeError(f"({type.__name__}) {error.__class__.__name__}: {error}") from None
        elif value is None and issubclass(type, _Pointer):
            return bytes(4)
        else:
            raise TypeError(f"expected {type.__name__} instance, got {_type_name(value)}")
    if isinstance(value, type):
        if info.pointers:
            kept.append(value._b_block_)
        return value._b_block_.read(value._b_start_, info.size)
    if issubclass(type, _Pointer) and isinstance(value, Array) and issubclass(value._type_, type._type_):
        kept.append(value._b_block_)
        return _encode_address(addressof(value), kept)
    raise TypeError(f"incompatible types, {_type_name(value)} instance instead of {type.__name__} instance")


def _store(block, start, type, info, value):
    kept = []
    data = _encode(type, info, value, kept)
    block.write(start, data, kept)


def _load(block, start, type, info):
    """A Python value for what is there; an object for structures, arrays, pointers and subclasses of simple types."""
    if info.encode and type.__base__ is _SimpleCData:
        value, = _unpack("<" + info.code, block.read(start, info.size))
        return info.decode(value) if info.decode else value
    return _attach(type, block, start)


def _attach(type, block, start):
    self = object.__new__(type)
    self._b_block_, self._b_start_ = block, start
    return self


def _concrete(type):
    info = _info(type)
    if info is None:
        raise TypeError("abstract class")
    info.final = True
    return info


def _storable(type, message):
    info = _info(type)
    if info is None:
        raise TypeError(message)
    info.final = True
    return info


_array_types, _pointer_types = _WeakValueDictionary(), _WeakValueDictionary()


class _PyCType(type):
    """The metaclass of all C types."""

    def __mul__(self, length):
        if not hasattr(length, "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{_type_name(length)}'")
        length = _index(length)
        if not -2**63 <= length < 2**63:
            raise OverflowError("cannot fit 'int' into an index-sized integer")
        if length < 0:
            raise ValueError(f"Array length must be >= 0, not {length}")
        try:
            return _array_types[self, length]
        except KeyError:
            # Where the learner's code asks for it, as CPython does it.
            module = _sys._getframe(1).f_globals.get("__name__", "ctypes")
            made = _PyCArrayType(f"{self.__name__}_Array_{length}", (Array,),
                                 {"_length_": length, "_type_": self, "__module__": module})
            _array_types[self, length] = made
            return made

    __rmul__ = __mul__

    def from_buffer(self, source, offset=0, /):
        info = _concrete(self)
        if isinstance(source, _CData):
            block, start, size = source._b_block_, source._b_start_, sizeof(source)
        else:
            view = memoryview(source)
            if view.readonly:
                raise TypeError("underlying buffer is not writable")
            if not view.c_contiguous:
                raise TypeError("underlying buffer is not C contiguous")
            block, start, size = _Block(view.cast("B"), outside=True), 0, view.nbytes
        return _attach(self, block, start + _fit(info.size, size, offset))

    def from_buffer_copy(self, source, offset=0, /):
        info = _concrete(self)
        try:
            view = memoryview(source)
        except TypeError:
            raise TypeError(f"a bytes-like object is required, not '{_type_name(source)}'") from None
        offset = _fit(info.size, view.nbytes, offset)
        return _attach(self, _Block(bytearray(view.tobytes()[offset:offset + info.size])), 0)

    def from_address(self, address, /):
        if not isinstance(address, int):
            raise TypeError("integer expected")
        return _attach(self, *_locate(address, _concrete(self).size))

    def in_dll(self, library, name, /):
        raise OSError(f"cannot find {name!r}: {_NO_MEMORY}, so no library in it")


_PyCType.__module__ = "_ctypes"


def _fit(size, available, offset):
    offset = _index(offset)
    if offset < 0:
        raise ValueError("offset cannot be negative")
    if size > available - offset:
        raise ValueError(f"Buffer size too small ({available} instead of at least {size + offset} bytes)")
    return offset


class _CData(metaclass=_PyCType):
    """An object of a C type: some bytes of a block."""

    __slots__ = ("_b_block_", "_b_start_")
    __module__ = "_ctypes"

    def __new__(cls, *args, **kwargs):
        return _attach(cls, _Block(bytearray(_concrete(cls).size)), 0)

    def __hash__(self):
        raise TypeError("unhashable type")

    def __buffer__(self, flags, /):
        block, info = self._b_block_, self._hb_info_
        if block.outside:
            _shared(1)
        view = block.bytes[self._b_start_:self._b_start_ + info.size]
        shape = []
        while info.proto is not None and not info.pointers:
            shape.append(info.length)
            info = info.proto._hb_info_
        if info.code is None or 0 in shape:
            return view
        return view.cast(info.code, shape) if shape else view.cast(info.code)

    def __reduce__(self):
        if self._hb_info_.pointers:
            raise ValueError("ctypes objects containing pointers cannot be pickled")
        return _unpickle, (type(self), (self.__dict__, self._b_block_.read(self._b_start_, self._hb_info_.size)))

    def __setstate__(self, state):
        attributes, data = state
        self._b_block_.write(self._b_start_, bytes(data)[:self._hb_info_.size])
        self.__dict__.update(attributes)


def _unpickle(type, state):
    self = type.__new__(type)
    self.__setstate__(state)
    return self


class _PyCSimpleType(_PyCType):
    def __init__(self, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return
        code = getattr(self, "_type_", None)
        if code is None:
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if code not in _SIMPLE:
            raise AttributeError("class must define a '_type_' attribute which must be\na single character string "
                                 f"containing one of the\nsupported types: '{''.join(_SIMPLE)}'.")
        self._hb_info_ = _SIMPLE[code]


class _SimpleCData(_CData, metaclass=_PyCSimpleType):
    __slots__ = ()
    __module__ = "_ctypes"

    def __init__(self, *args, **kwargs):
        if len(args) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(args)}")
        if args:
            self.value = args[0]

    @property
    def value(self):
        """current value"""
        info = self._hb_info_
        value, = _unpack("<" + info.code, self._b_block_.read(self._b_start_, info.size))
        return info.decode(value) if info.decode else value

    @value.setter
    def value(self, value):
        kept = []
        data = self._hb_info_.encode(value, kept)
        self._b_block_.write(self._b_start_, data, kept)

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __bool__(self):
        return any(self._b_block_.read(self._b_start_, self._hb_info_.size))

    def __repr__(self):
        if type(self).__base__ is not _SimpleCData:
            return f"<{type(self).__name__} object at {id(self):#x}>"
        return f"{type(self).__name__}({self.value!r})"


def _char_value(self):
    """string value"""
    data = self._b_block_.read(self._b_start_, self._hb_info_.size)
    return data.partition(b"\0")[0]


def _set_char_value(self, value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected instead of {_type_name(value)} instance")
    size = self._hb_info_.size
    if len(value) > size:
        raise ValueError("byte string too long")
    self._b_block_.write(self._b_start_, value + b"\0" if len(value) < size else value)


def _raw(self):
    """value"""
    return self._b_block_.read(self._b_start_, self._hb_info_.size)


def _set_raw(self, value):
    if isinstance(value, str) or not isinstance(value, bytes):
        try:
            value = memoryview(value).tobytes()
        except TypeError:
            raise TypeError(f"a bytes-like object is required, not '{_type_name(value)}'") from None
    if len(value) > self._hb_info_.size:
        raise ValueError("byte string too long")
    self._b_block_.write(self._b_start_, value)


def _wchar_value(self):
    """string value"""
    data = self._b_block_.read(self._b_start_, self._hb_info_.size)
    return _decode_wide(_before_nul(data))


def _before_nul(data):
    codes = _unpack(f"<{len(data) // 4}I", data)
    return data[:4 * codes.index(0)] if 0 in codes else data


def _set_wchar_value(self, value):
    if not isinstance(value, str):
        raise TypeError(f"unicode string expected instead of {_type_name(value)} instance")
    length = self._hb_info_.length
    if len(value) > length:
        raise ValueError("string too long")
    self._b_block_.write(self._b_start_, _encode_wide(value + "\0" if len(value) < length else value))


class _PyCArrayType(_PyCType):
    def __init__(self, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return
        length = getattr(self, "_length_", None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if not hasattr(self, "_type_"):
            raise AttributeError("class must define a '_type_' attribute")
        item = _storable(self._type_, "_type_ must have storage info")
        if length * item.size > _MAX_SIZE:
            raise OverflowError("array too large")
        self._hb_info_ = _Info(length * item.size, item.align, proto=self._type_, length=length, pointers=item.pointers)
        if "_type_" in namespace and isinstance(self._type_, _PyCSimpleType):
            if self._type_._type_ == "c":
                self.value, self.raw = property(_char_value, _set_char_value), property(_raw, _set_raw)
            elif self._type_._type_ == "u":
                self.value = property(_wchar_value, _set_wchar_value)


def _joined(type, values):
    """What a slice of an array or pointer is: bytes or a string of characters, else a list."""
    if type.__base__ is _SimpleCData and type._type_ in "cu":
        return (b"" if type._type_ == "c" else "").join(values)
    return values


class Array(_CData, metaclass=_PyCArrayType):
    """Abstract base class for arrays."""

    __slots__ = ()
    __module__ = "_ctypes"
    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self, *args):
        if args:
            self._store_items(range(len(args)), args)

    def __len__(self):
        return self._hb_info_.length

    def _place(self, index):
        if not 0 <= index < self._hb_info_.length:
            raise IndexError("invalid index")
        return self._b_start_ + index * self._type_._hb_info_.size

    def __getitem__(self, key):
        type, length = self._type_, self._hb_info_.length
        info = type._hb_info_
        if isinstance(key, slice):
            indices = range(*key.indices(length))
            if not indices or not info.encode or type.__base__ is not _SimpleCData:
                return _joined(type, [_attach(type, self._b_block_, self._place(index)) for index in indices])
            first, end = min(indices[0], indices[-1]), max(indices[0], indices[-1]) + 1
            data = self._b_block_.read(self._place(first), (end - first) * info.size)
            values = _unpack(f"<{end - first}{info.code}", data)
            if info.decode:
                return _joined(type, [info.decode(values[index - first]) for index in indices])
            return _joined(type, [values[index - first] for index in indices])
        if not hasattr(key, "__index__"):
            raise TypeError("indices must be integers")
        key = _index(key)
        return _load(self._b_block_, self._place(key + length if key < 0 else key), type, info)

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            indices = range(*key.indices(self._hb_info_.length))
            try:
                fits = len(value) == len(indices)
            except TypeError:
                fits = False
            if not fits:
                raise ValueError("Can only assign sequence of same size")
            return self._store_items(indices, [value[at] for at in range(len(indices))])
        if not hasattr(key, "__index__"):
            raise TypeError("indices must be integer")
        key = _index(key)
        self._store_items((key + self._hb_info_.length if key < 0 else key,), (value,))

    def __delitem__(self, key):
        raise TypeError("Array does not support item deletion")

    def _store_items(self, indices, values):
        """All items in one write if they lie side by side; those before a wrong one are stored, as in C."""
        type, block = self._type_, self._b_block_
        info = type._hb_info_
        kept, parts, wrong = [], [], None
        for index, value in zip(indices, values):
            try:
                self._place(index)
                parts.append(_encode(type, info, value, kept))
            except Exception as error:
                wrong = error
                break
        if parts and isinstance(indices, range) and indices.step != 1:
            block.write_all([(self._place(index), part) for index, part in zip(indices, parts)], kept)
        elif parts:
            block.write(self._place(indices[0]), b"".join(parts), kept)
        if wrong is not None:
            raise wrong


class CField:
    """A member of a structure or union."""

    def __init__(self, name, type, offset):
        self.name, self.type = name, type
        self.offset = self.byte_offset = offset
        self.size = self.byte_size = type._hb_info_.size
        self.bit_offset, self.bit_size = 0, self.size * 8
        self.is_bitfield = self.is_anonymous = False
        self._text = type._type_._type_ if issubclass(type, Array) and isinstance(type._type_, _PyCSimpleType) else ""

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        block, start = instance._b_block_, instance._b_start_ + self.offset
        if self._text == "c":
            return block.read(start, self.size).partition(b"\0")[0]
        if self._text == "u":
            return _decode_wide(_before_nul(block.read(start, self.size)))
        return _load(block, start, self.type, self.type._hb_info_)

    def __set__(self, instance, value):
        block, start = instance._b_block_, instance._b_start_ + self.offset
        length = self.type._hb_info_.length
        if self._text == "c":
            if not isinstance(value, bytes):
                raise TypeError(f"expected bytes, {_type_name(value)} found")
            if len(value) > length:
                raise ValueError(f"bytes too long ({len(value)}, maximum length {length})")
            block.write(start, value + b"\0" if len(value) < length else value)
        elif self._text == "u":
            if not isinstance(value, str):
                raise TypeError(f"unicode string expected instead of {_type_name(value)} instance")
            if len(value) > length:
                raise ValueError(f"string too long ({len(value)}, maximum length {length})")
            block.write(start, _encode_wide(value + "\0" if len(value) < length else value))
        else:
            _store(block, start, self.type, self.type._hb_info_, value)

    def __delete__(self, instance):
        raise TypeError("can't delete attribute")

    def __repr__(self):
        return f"<ctypes.CField {self.name!r} type={self.type.__name__}, ofs={self.offset}, size={self.size}>"


def _round_up(number, multiple):
    return -(-number // multiple) * multiple


def _layout_choices(cls):
    """_pack_ and _align_, checked."""
    pack, align = getattr(cls, "_pack_", None), getattr(cls, "_align_", 1)
    if align < 0:
        raise ValueError("_align_ must be a non-negative integer")
    layout = getattr(cls, "_layout_", None)
    if layout is None:
        if pack:
            kind = "Union" if issubclass(cls, Union) else "Structure"
            _warn(f"Due to '_pack_', the '{cls.__name__}' {kind} will use memory layout compatible with MSVC (Windows). If "
                  "this is intended, set _layout_ to 'ms'. The implicit default is deprecated and slated to become an "
                  "error in Python 3.19.", DeprecationWarning, stacklevel=4)
        layout = "ms" if pack else "gcc-sysv"
    if layout not in ("ms", "gcc-sysv"):
        raise ValueError(f"unknown _layout_: {layout!r}")
    if pack is not None:
        try:
            pack = int(pack)
        except (TypeError, ValueError):
            raise ValueError("_pack_ must be an integer")
        if pack < 0:
            raise ValueError("_pack_ must be a non-negative integer")
        if pack > _MAX_SIZE:
            raise ValueError("_pack_ too big")
        if layout == "gcc-sysv":
            raise ValueError("_pack_ is not compatible with gcc-sysv layout")
    return pack, align or 1


class _PyCStructType(_PyCType):
    def __init__(self, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases == (_CData,):
            return
        base, info = _info(self.__base__), _Info()
        info.final = False
        if base is not None:
            base.final = True
            info.size, info.align, info.pointers = base.size, base.align, base.pointers
            info.fields, info.names = base.fields, base.names
        type.__setattr__(self, "_hb_info_", info)
        if "_fields_" in namespace:
            self._lay_out(namespace["_fields_"])

    def __setattr__(self, name, value):
        if name == "_fields_":
            self._lay_out(value)
        super().__setattr__(name, value)

    def _lay_out(self, fields):
        info = self._hb_info_
        if info.final:
            raise AttributeError("_fields_ is final")
        pack, align = _layout_choices(self)
        size, align, union = info.size, max(info.align, align), issubclass(self, Union)
        made, pointers = [], info.pointers
        for field in fields:
            field = tuple(field)
            if not 2 <= len(field) <= 3:
                raise ValueError("_fields_ must be a sequence of (name, C type) pairs or (name, C type, bit size) triples")
            name, kind, *bits = field
            member = _storable(kind, "this type has no size")
            if not isinstance(name, str):
                raise TypeError(f"CField() argument 'name' must be str, not {_type_name(name)}")
            if bits:
                raise NotImplementedError(f"bit field {name!r}: this machine's ctypes has no bit fields")
            own = min(pack, member.align) if pack else member.align
            offset = 0 if union else _round_up(size, own)
            size, align = max(size, offset + member.size), max(align, own)
            if size > _MAX_SIZE:
                raise OverflowError("structure too large")
            pointers = pointers or member.pointers
            made.append(CField(name, kind, offset))
        for field in made:
            type.__setattr__(self, field.name, field)
        self._promote({field.name: field for field in made})
        info.size, info.align, info.final, info.pointers = _round_up(size, align), align, True, pointers
        info.fields, info.names = (*info.fields, *made), (*info.names, *(field.name for field in made))

    def _promote(self, fields):
        """Members of anonymous members are the structure's own too."""
        for name in getattr(self, "_anonymous_", ()) if "_anonymous_" in self.__dict__ else ():
            if name not in fields:
                raise AttributeError(f"type object {self.__name__!r} has no attribute {name!r}")
            outer = fields[name]
            if not isinstance(outer.type, _PyCStructType):
                raise AttributeError(f"type object '{outer.type.__name__}' has no attribute '_fields_'")
            outer.is_anonymous = True
            # Not only its _fields_: what it has promoted itself, too.
            for owner in outer.type.__mro__:
                for inner in [value for value in vars(owner).values() if isinstance(value, CField)]:
                    if inner.name not in self.__dict__:
                        type.__setattr__(self, inner.name, CField(inner.name, inner.type, outer.offset + inner.offset))


def _initialise(self, *args, **kwargs):
    names = self._hb_info_.names
    for name, value in zip(names, args):
        if name in kwargs:
            raise TypeError(f"duplicate values for field {name!r}")
        setattr(self, name, value)
    if len(args) > len(names):
        raise TypeError("too many initializers")
    for name, value in kwargs.items():
        setattr(self, name, value)


class Structure(_CData, metaclass=_PyCStructType):
    """Structure base class"""

    __slots__ = ()
    __module__ = "_ctypes"
    __init__ = _initialise


class Union(_CData, metaclass=_PyCStructType):
    """Union base class"""

    __slots__ = ()
    __module__ = "_ctypes"
    __init__ = _initialise


LittleEndianStructure, LittleEndianUnion = Structure, Union


class _PyCPointerType(_PyCType):
    def __init__(self, name, bases, namespace):
        super().__init__(name, bases, namespace)
        if bases != (_CData,):
            if "_type_" in namespace and _info(self._type_) is None:
                raise TypeError("_type_ must have storage info")
            self._hb_info_ = _Info(4, 4, proto=getattr(self, "_type_", None), pointers=True)


class _Pointer(_CData, metaclass=_PyCPointerType):
    """A pointer to a living C object; it keeps what it points to alive."""

    __slots__ = ()
    __module__ = "_ctypes"

    def __init__(self, target=None):
        if target is not None:
            self.contents = target

    def _target(self, index=0):
        address = int.from_bytes(self._b_block_.read(self._b_start_, 4), "little")
        if not address:
            raise ValueError("NULL pointer access")
        size = self._type_._hb_info_.size
        return _locate(address + index * size, size)

    @property
    def contents(self):
        """the object this pointer points to (read-write)"""
        return _attach(self._type_, *self._target())

    @contents.setter
    def contents(self, target):
        if not isinstance(target, _CData):
            raise TypeError(f"expected {self._type_.__name__} instead of {_type_name(target)}")
        self._b_block_.write(self._b_start_, _encode_address(addressof(target), None), [target._b_block_])

    def __getitem__(self, key):
        type = self._type_
        if isinstance(key, slice):
            step = 1 if key.step is None else _index(key.step)
            if key.start is None and step < 0:
                raise ValueError("slice start is required for step < 0")
            if key.stop is None:
                raise ValueError("slice stop is required")
            return _joined(type, [self[at] for at in range(_index(key.start or 0), _index(key.stop), step)])
        if not hasattr(key, "__index__"):
            raise TypeError("Pointer indices must be integer")
        return _load(*self._target(_index(key)), type, type._hb_info_)

    def __setitem__(self, key, value):
        if not hasattr(key, "__index__"):
            raise TypeError("Pointer indices must be integer")
        _store(*self._target(_index(key)), self._type_, self._type_._hb_info_, value)

    def __bool__(self):
        return any(self._b_block_.read(self._b_start_, 4))


def _simple_type(name, code):
    return _PyCSimpleType(name, (_SimpleCData,), {"_type_": code, "__module__": "ctypes"})


c_bool = _simple_type("c_bool", "?")
c_char, c_byte, c_ubyte = _simple_type("c_char", "c"), _simple_type("c_byte", "b"), _simple_type("c_ubyte", "B")
c_wchar = _simple_type("c_wchar", "u")
c_short, c_ushort = _simple_type("c_short", "h"), _simple_type("c_ushort", "H")
c_int, c_uint = _simple_type("c_int", "i"), _simple_type("c_uint", "I")
c_long, c_ulong = _simple_type("c_long", "l"), _simple_type("c_ulong", "L")
c_longlong, c_ulonglong = _simple_type("c_longlong", "q"), _simple_type("c_ulonglong", "Q")
c_float, c_double = _simple_type("c_float", "f"), _simple_type("c_double", "d")
c_longdouble = c_double
c_void_p, c_char_p, c_wchar_p = (_simple_type("c_void_p", "P"), _simple_type("c_char_p", "z"),
                                 _simple_type("c_wchar_p", "Z"))
c_voidp = c_void_p
c_int8, c_int16, c_int32, c_int64 = c_byte, c_short, c_int, c_longlong
c_uint8, c_uint16, c_uint32, c_uint64 = c_ubyte, c_ushort, c_uint, c_ulonglong
c_size_t, c_ssize_t, c_time_t = c_uint, c_int, c_longlong


def _show_address(self):
    return f"{type(self).__name__}({c_void_p.from_buffer(self).value})"


c_char_p.__repr__ = c_wchar_p.__repr__ = _show_address


def sizeof(obj_or_type, /):
    """Return the size in bytes of a C instance."""
    info = _info(obj_or_type if isinstance(obj_or_type, type) else type(obj_or_type))
    if info is None:
        raise TypeError("this type has no size")
    return info.size


def alignment(obj_or_type, /):
    """Return the alignment requirements of a C instance."""
    info = _info(obj_or_type if isinstance(obj_or_type, type) else type(obj_or_type))
    if info is None:
        raise TypeError("no alignment info")
    return info.align


def addressof(obj, /):
    """A number for where a living object's bytes are: good for memmove and its like, and for nothing outside ctypes."""
    if not isinstance(obj, _CData):
        raise TypeError(f"addressof() argument must be _ctypes._CData, not {_type_name(obj)}")
    return _address(obj._b_block_) + obj._b_start_


class _Reference:
    """What byref() answers."""

    __slots__ = ("_obj", "_offset")

    def __init__(self, obj, offset):
        self._obj, self._offset = obj, offset

    def __repr__(self):
        return f"<cparam 'P' ({addressof(self._obj) + self._offset:#x})>"


_Reference.__name__ = _Reference.__qualname__ = "CArgObject"


def byref(obj, offset=0, /):
    """A light-weight pointer to an object."""
    if not isinstance(obj, _CData):
        raise TypeError(f"byref() argument 1 must be _ctypes._CData, not {_type_name(obj)}")
    return _Reference(obj, _index(offset))


def POINTER(type, /):
    """Create and return a new ctypes pointer type; one and the same for each type."""
    if type is None:
        return c_void_p
    if _info(type) is None:
        raise TypeError(f"{type!r} must have storage info")
    try:
        return _pointer_types[type]
    except KeyError:
        made = _PyCPointerType(f"LP_{type.__name__}", (_Pointer,), {"_type_": type, "__module__": "ctypes"})
        _pointer_types[type] = made
        return made


def pointer(obj, /):
    """Create a new pointer to an object."""
    return POINTER(type(obj))(obj)


def _where(argument, number):
    """The address that an argument is for C: of an array, of what a pointer points to, a number."""
    if isinstance(argument, _Reference):
        return addressof(argument._obj) + argument._offset
    if isinstance(argument, Array):
        return addressof(argument)
    if isinstance(argument, (_Pointer, c_void_p, c_char_p, c_wchar_p)):
        return int.from_bytes(argument._b_block_.read(argument._b_start_, 4), "little")
    if argument is None:
        return 0
    if isinstance(argument, int):
        return argument
    raise ArgumentError(f"argument {number}: TypeError: '{_type_name(argument)}' object cannot be interpreted "
                        "as ctypes.c_void_p")


def _of_bytes(source, count):
    # Behind Python's bytes there is a NUL.
    if not 0 <= count <= len(source) + 1:
        raise OSError(f"{count} bytes of {len(source)}; {_NO_MEMORY}")
    return (source + b"\0")[:count]


def memset(dst, c, count):
    """Fill memory with a byte; answers the address."""
    address = _where(dst, 1)
    block, start = _locate(address, _index(count))
    block.write(start, bytes((_index(c) & 0xFF,)) * count)
    return address


def memmove(dst, src, count):
    """Copy memory; answers the address of where to."""
    address, count = _where(dst, 1), _index(count)
    block, start = _locate(address, count)
    if isinstance(src, bytes):
        data = _of_bytes(src, count)
    else:
        source, at = _locate(_where(src, 2), count)
        data = source.read(at, count)
    block.write(start, data)
    return address


def string_at(ptr, size=-1):
    """string_at(ptr[, size]) -> string

    Return the byte string at void *ptr."""
    if isinstance(ptr, bytes):
        return ptr.partition(b"\0")[0] if size < 0 else _of_bytes(ptr, size)
    return _until_nul(_where(ptr, 1), 1, size)


def wstring_at(ptr, size=-1):
    """wstring_at(ptr[, size]) -> string

    Return the wide-character string at void *ptr."""
    return _decode_wide(_until_nul(_where(ptr, 1), 4, size))


def cast(obj, typ):
    """A pointer of another type to the same place."""
    if not isinstance(typ, type):
        raise TypeError("cast() argument 2 must be a pointer type")
    if not issubclass(typ, (_Pointer, c_void_p, c_char_p, c_wchar_p)):
        raise TypeError(f"cast() argument 2 must be a pointer type, not {typ.__name__}")
    result, kept = typ(), [obj]
    if isinstance(obj, bytes):
        data = _encode_char_p(obj, kept)
    else:
        address = _where(obj, 1)
        if address:
            kept.append(_locate(address, 0)[0])
        data = _encode_address(address, kept)
    result._b_block_.write(0, data, kept)
    return result


def create_string_buffer(init, size=None):
    """create_string_buffer(aBytes) -> character array
    create_string_buffer(anInteger) -> character array
    create_string_buffer(aBytes, anInteger) -> character array
    """
    if isinstance(init, bytes):
        made = (c_char * (len(init) + 1 if size is None else size))()
        made.value = init
        return made
    if isinstance(init, int):
        return (c_char * init)()
    raise TypeError(init)


c_buffer = create_string_buffer


def create_unicode_buffer(init, size=None):
    """create_unicode_buffer(aString) -> character array
    create_unicode_buffer(anInteger) -> character array
    create_unicode_buffer(aString, anInteger) -> character array
    """
    if isinstance(init, str):
        made = (c_wchar * (len(init) + 1 if size is None else size))()
        made.value = init
        return made
    if isinstance(init, int):
        return (c_wchar * init)()
    raise TypeError(init)


def ARRAY(typ, len):
    return typ * len


class CDLL:
    """A C library: there is none."""

    def __init__(self, name, *args, **kwargs):
        raise OSError(f"{name}: cannot open shared object file: {_NO_MEMORY}, so no C library in it")


class PyDLL(CDLL):
    pass


class LibraryLoader:
    def __init__(self, dlltype):
        self._dlltype = dlltype

    def __getattr__(self, name):
        if name[0] == "_":
            raise AttributeError(name)
        return self._dlltype(name)

    __getitem__ = LoadLibrary = __getattr__


cdll, pydll = LibraryLoader(CDLL), LibraryLoader(PyDLL)
_ABSENT = frozenset({"pythonapi", "CFUNCTYPE", "PYFUNCTYPE", "py_object", "resize", "get_errno", "set_errno",
                     "memoryview_at", "BigEndianStructure", "BigEndianUnion"})


def __getattr__(name):
    if name in _ABSENT:
        raise NotImplementedError(f"ctypes.{name}: {_NO_MEMORY}, and this ctypes has only what needs none")
    raise AttributeError(f"module 'ctypes' has no attribute {name!r}")
