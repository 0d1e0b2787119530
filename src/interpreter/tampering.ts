/**
 * Sees when a program changes what it stands on: the library's modules, classes and functions, the engine's own Python,
 * or bytecode itself. A program may do that; but then no hidden test can say anything about it, so the grader is told.
 */
import type { CPython } from './cpython.ts';
import type { Address, Objects } from './objects.ts';
import { SITE } from './origin.ts';

/** What a snapshot knows about itself, by address. */
export interface Foundations {
  /** Dicts that are watched: a module's name, `sys.modules`, or `<hb:…>` for the engine's own. */
  readonly dicts: Readonly<Record<Address, string>>;
  readonly types: Readonly<Record<Address, string>>;
  /** Every module that was there when the snapshot was made. */
  readonly modules: readonly Address[];
  readonly builtins: Address;
  /** Numbers of the opcodes that may stand before a function's RESUME, and of RESUME. */
  readonly prefix: readonly number[];
  readonly resume: number;
  /** Offsets of fields in a code object: its file's name, its bytecode. */
  readonly filenameAt: number;
  readonly bytecodeAt: number;
}

/** CPython's events: PyDict_WatchEvent, PyCodeEvent. */
const DICT_ADDED = 0;
const DICT_DELETED = 2;
const DICT_DEALLOCATED = 5;
const CODE_CREATED = 0;
const LIBRARY = '/lib/python314.zip';
/** What a program has changed that has changed nothing but by `gevent.monkey`: who allows that may still grade it. */
export const PATCHED = 'gevent.monkey';
const PATCHER = `${SITE}/gevent/monkey.py`;
/** Names of the library that its users and we set by design. */
const FREE = new Set([
  'threading.excepthook',
  'threading._trace_hook',
  'threading._profile_hook',
  'threading._counter',
  'builtins._',
  'sys.modules.__main__',
  // multiprocessing's name for it in a process that is begun anew.
  'sys.modules.__mp_main__',
]);

/**
 * The library counts the proxies of managers in their class, in this function. CPython gives a class so many versions, and
 * tells of no change after the last: long before that, to count is to change it.
 */
const COUNTER = { name: 'BaseProxy.__init__', file: `${LIBRARY}/multiprocessing/managers.py`, most: 500 } as const;

export class Tampering {
  private readonly py: CPython;
  private readonly objects: Objects;
  private readonly base: Foundations;
  /** The machine's packages: the texts of their files. */
  private readonly site: Readonly<Record<string, string>>;
  /** The file of one that was compiled last, and its text, to which we have a reference. */
  private package: { readonly source: Address; readonly file: string } = { source: 0, file: '' };
  private readonly modules: Set<Address>;
  /** Code objects made since the snapshot; true: the learner's. */
  private made = new Map<Address, boolean>();
  private engines = new Map<Address, boolean>();
  /** Times that the library has changed each class by counting, in this life: see COUNTER. */
  private counted = new Map<Address, number>();
  /** Classes that CPython would not tell of again before they are used. */
  private silent: Address[] = [];
  /** What was changed first in this run, in the learner's terms. */
  found: string | null = null;
  /** The run left something behind that the next run of the same life could see. */
  left = false;

  constructor(py: CPython, objects: Objects, base: Foundations, site: Readonly<Record<string, string>>) {
    this.py = py;
    this.site = site;
    this.objects = objects;
    this.base = base;
    this.modules = new Set(base.modules);
  }

  /** A new life: nothing has been made yet. */
  forget(): void {
    this.made = new Map();
    this.engines = new Map();
    this.package = { source: 0, file: '' };
    this.counted.clear();
    this.silent = [];
  }

  begin(): void {
    this.found = null;
    this.left = false;
  }

  /** Whether code was made by the program (and not by the library or by us, whatever its file is called). */
  isLearners(code: Address): boolean {
    return this.made.get(code) === true;
  }

  /** Whether the innermost Python function that runs is the engine's. */
  trusted(): boolean {
    const code = this.innermost();
    return code === 0 || this.isEngines(code);
  }

  isEngines(code: Address): boolean {
    if (this.made.has(code)) return false;
    let answer = this.engines.get(code);
    if (answer === undefined) {
      answer = this.fileOf(code).startsWith('<hb:');
      this.engines.set(code, answer);
    }
    return answer;
  }

  /** Code of the innermost frames, at most `most` of them. */
  stack(most: number): Address[] {
    const { py } = this;
    const codes: Address[] = [];
    let frame: Address = py._PyEval_GetFrame() >>> 0;
    if (frame !== 0) py._Py_IncRef(frame);
    while (frame !== 0) {
      const code: Address = py._PyFrame_GetCode(frame) >>> 0;
      py._Py_DecRef(code);
      codes.push(code);
      const back: Address = codes.length < most ? py._PyFrame_GetBack(frame) >>> 0 : 0;
      py._Py_DecRef(frame);
      frame = back;
    }
    return codes;
  }

  // ---- what CPython's watchers tell ----------------------------------------------------------------------------

  dictChanges(event: number, dict: Address, key: Address, value: Address): void {
    const name = this.base.dicts[dict];
    if (name === undefined || event === DICT_DEALLOCATED) return;
    if (name.startsWith('<hb:')) {
      if (!this.trusted()) this.report('the engine');
      return;
    }
    if (event > DICT_DELETED) {
      this.report(name);
      return;
    }
    const full = `${name}.${this.objects.string(key)}`;
    if (FREE.has(full)) return;
    const { py } = this;
    if (event === DICT_ADDED) {
      // A global of the library's that hides a built-in function.
      if (dict !== this.base.builtins && name !== 'sys.modules' && py._PyDict_GetItem(this.base.builtins, key) !== 0)
        this.report(full);
      else if (this.isLearners(this.innermost())) this.left = true;
      return;
    }
    const old: Address = py._PyDict_GetItem(dict, key) >>> 0;
    if (old === 0 || old === value >>> 0) return;
    if (name === 'sys.modules') {
      if (this.modules.has(old)) this.report(full);
    } else if (py._PyCallable_Check(old) !== 0 || this.isLearners(this.innermost()))
      this.report(this.patches() ? PATCHED : full);
  }

  /** Whether it is gevent itself that puts something in the place of the library's. */
  private patches(): boolean {
    const code = this.innermost();
    return this.made.get(code) === false && this.fileOf(code) === PATCHER;
  }

  typeChanges(type: Address): void {
    const name = this.base.types[type];
    if (name === undefined || this.counts(type)) return;
    // CPython tells of all subclasses first and of the class itself last.
    if (Object.values(this.base.types).includes(this.found ?? '')) this.found = null;
    this.report(name.startsWith('<hb:') ? 'the engine' : name);
  }

  /** CPython tells again of changes of all classes. To be called before the program goes on. */
  listen(): void {
    for (const type of this.silent.splice(0)) this.py._PyUnstable_Type_AssignVersionTag(type);
  }

  private counts(type: Address): boolean {
    const code = this.innermost();
    // Beside its file's name, a code object has its own, and that with its class.
    const name = code === 0 ? 0 : (this.py.HEAPU32[(code + this.base.filenameAt + 8) >>> 2] as Address);
    if (name === 0 || this.made.has(code) || this.objects.string(name) !== COUNTER.name) return false;
    const times = (this.counted.get(type) ?? 0) + 1;
    this.counted.set(type, times);
    this.silent.push(type);
    return times < COUNTER.most && this.fileOf(code) === COUNTER.file;
  }

  functionChanges(object: Address): void {
    const code: Address = this.py._PyFunction_GetCode(object) >>> 0;
    if (!this.made.has(code)) this.report(this.isEngines(code) ? 'the engine' : `a function of ${this.fileOf(code)}`);
  }

  codeChanges(event: number, code: Address): void {
    if (event !== CODE_CREATED) {
      this.made.delete(code);
      return;
    }
    // What comes out of the library's own archive, or is the text of one of the machine's packages, is the library's.
    // Anything else that says so lies.
    const file = this.fileOf(code);
    const learners = !(file.startsWith('/lib/') && (this.readsLibrary() || this.readsPackage(file)));
    this.made.set(code, learners);
    if (learners && !this.startsWell(code)) this.report('bytecode');
  }

  /** Whether zipimport is compiling what it has just read from the library's archive (which nobody can change). */
  private readsLibrary(): boolean {
    const { py } = this;
    if (!this.stack(2).every((code) => !this.made.has(code) && this.fileOf(code) === '<frozen zipimport>'))
      return false;
    const caller: Address = py._PyFrame_GetBack(py._PyEval_GetFrame()) >>> 0;
    const [variable, attribute] = ['self', 'archive'].map((name) => this.objects.cString(name)) as [Address, Address];
    const importer: Address = caller === 0 ? 0 : py._PyFrame_GetVarString(caller, variable) >>> 0;
    // Exactly zipimport's own class: a subclass could answer something else each time it is asked.
    const genuine =
      importer !== 0 && this.base.types[this.py.HEAPU32[(importer >>> 2) + 1] as Address] === 'zipimport.zipimporter';
    const archive: Address = genuine ? py._PyObject_GetAttrString(importer, attribute) >>> 0 : 0;
    const answer = archive !== 0 && this.objects.string(archive) === LIBRARY;
    py._PyErr_Clear();
    for (const owned of [archive, importer, caller]) if (owned !== 0) py._Py_DecRef(owned);
    for (const text of [variable, attribute]) py._free(text);
    return answer;
  }

  /** Whether boot.py is compiling this file of a package, and exactly what the machine has of it. */
  private readsPackage(file: string): boolean {
    const text = this.site[file];
    if (text === undefined || !this.isEngines(this.innermost())) return false;
    const { py, objects } = this;
    const variable = objects.cString('source');
    const source: Address = py._PyFrame_GetVarString(py._PyEval_GetFrame(), variable) >>> 0;
    py._free(variable);
    py._PyErr_Clear();
    if (source === 0) return false;
    const known = this.package.source === source && this.package.file === file;
    // It is asked for each function of a file. While we hold the text, no other can be at its address.
    if (known || objects.text(source) !== text) {
      py._Py_DecRef(source);
      return known;
    }
    if (this.package.source !== 0) py._Py_DecRef(this.package.source);
    this.package = { source, file };
    return true;
  }

  /** Whether nothing but preparations stand before RESUME, where sys.monitoring sees a function start. */
  private startsWell(code: Address): boolean {
    const { HEAPU8, HEAPU32 } = this.py;
    const start = code + this.base.bytecodeAt;
    const end = start + 2 * (HEAPU32[(code >>> 2) + 2] as number);
    for (let at = start; at < end; at += 2) {
      const op = HEAPU8[at] as number;
      if (op === this.base.resume) return ((HEAPU8[at + 1] as number) & 3) === 0;
      if (!this.base.prefix.includes(op)) return false;
    }
    return false;
  }

  private innermost(): Address {
    return this.stack(1)[0] ?? 0;
  }

  private fileOf(code: Address): string {
    return code === 0 ? '' : this.objects.string(this.py.HEAPU32[(code + this.base.filenameAt) >>> 2] as Address);
  }

  private report(what: string): void {
    // Whatever else is found says more.
    if (this.found === null || this.found === PATCHED) this.found = what;
    this.left = true;
  }
}
