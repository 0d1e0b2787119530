/** Where CPython 3.14 keeps what we read from linear memory on wasm32, in bytes from an object's address. */
/** ob_refcnt: who refers to an object, borrowed references of the evaluation stack not counted. */
export const REFERENCES = 0;
export const TYPE = 4;
export const SIZE = 8;

/** PyThreadState. `contextVersion` has two words, and must change with the context: a variable's value is kept by it. */
export const THREAD_STATE = { context: 120, contextVersion: 128 } as const;

/** _PyInterpreterFrame (pycore_interpframe_structs.h). References are tagged in their two lowest bits. */
export const FRAME = { code: 0, previous: 4, globals: 12, stackPointer: 32, owner: 38, locals: 40 } as const;
/** `owner` of a frame that stands for a C call and has no code. */
export const FRAME_OF_INTERPRETER = 3;
/** `owner` of a frame that is part of its generator. */
export const FRAME_OF_GENERATOR = 1;
/** PyGenObject: where its frame is. */
export const GENERATOR = { frame: 36 } as const;
export const UNTAG = ~3;

/** PyTypeObject. */
export const TYPE_OBJECT = { name: 12, flags: 84, dict: 132, mro: 172 } as const;
export const HEAP_TYPE = 1 << 9;
export const TYPE_SUBCLASS = 1 << 31;
export const LIST_SUBCLASS = 1 << 25;
export const DICT_SUBCLASS = 1 << 29;
/** int, tuple, bytes, str and their subclasses. */
export const IMMUTABLE_SUBCLASS = (1 << 24) | (1 << 26) | (1 << 27) | (1 << 28);
export const TUPLE_SUBCLASS = 1 << 26;

/** PyCodeObject; `name` is a str. */
export const CODE = { flags: 24, name: 84 } as const;
/** In `flags`: a coroutine function. */
export const COROUTINE = 0x80;

export const FUNCTION = { globals: 8, name: 16 } as const;
export const METHOD = { function: 8, self: 12 } as const;
/** PyCFunctionObject; `name` is the first word of what `definition` points to, a C string. */
export const C_FUNCTION = { definition: 8, self: 12 } as const;
/** PyDescrObject; `name` is a str. */
export const DESCRIPTOR = { name: 12 } as const;
export const MODULE = { dict: 8 } as const;
/** list_iterator and its like: what they walk over. */
export const ITERATOR = { list: 12, dict: 8, set: 8, enumerated: 12 } as const;
