/**
 * CPython's library as the machine has it: Pyodide's zip file, and in it the compiled code of what is not in the snapshot's
 * memory and takes long to compile, so that a program which imports `http.server` need not wait for that.
 */
import type { Assets } from '../interpreter/cpython.ts';
import { Objects } from '../interpreter/objects.ts';
import { bare, filesFor, put, take, takeBytes } from './snapshot.ts';

/** Packages and modules. */
const COMPILED = [
  ...['email/', 'html/', 'http/', 'urllib/', 'xmlrpc/', 'json/', 'wsgiref/'],
  ...[
    'mimetypes',
    'quopri',
    'base64',
    'ssl',
    'ftplib',
    'smtplib',
    'timeit',
    'cProfile',
    'profile',
    'pstats',
    'cmd',
    'pdb',
  ],
];

/** Appends them; unchecked, since nobody can change a source in the archive. */
const COMPILE = `
import _imp, importlib.util, marshal, zipfile
here = '/tmp/stdlib.zip'
with open('/lib/python314.zip', 'rb') as source, open(here, 'wb') as copy:
    copy.write(source.read())
with zipfile.ZipFile(here, 'a', zipfile.ZIP_DEFLATED) as archive:
    for name in [name for name in archive.namelist() if name.endswith('.py') and name.startswith(COMPILED)]:
        text = archive.read(name)
        code = compile(text, '/lib/python314.zip/' + name, 'exec', dont_inherit=True)
        head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, 'little')
        head += _imp.source_hash(int.from_bytes(importlib.util.MAGIC_NUMBER, 'little'), text)
        entry = zipfile.ZipInfo(name + 'c', (1980, 1, 1, 0, 0, 0))
        archive.writestr(entry, head + marshal.dumps(code), zipfile.ZIP_DEFLATED)
`;

/** `assets`: with the library as it came. Takes about 2 s. */
export async function compiledLibrary(assets: Assets): Promise<Uint8Array> {
  const files = filesFor(assets, {}, () => {});
  const py = await bare(assets, files);
  put(files, '/tmp/error', '');
  const names = `COMPILED = (${COMPILED.map((name) => `${JSON.stringify(name.endsWith('/') ? name : `${name}.py`)},`).join(' ')})`;
  const text = `
try:
    exec(${JSON.stringify(`${names}\n${COMPILE}`)}, {})
except BaseException:
    import traceback
    open("/tmp/error", "w").write(traceback.format_exc())
`;
  py._PyRun_SimpleString(new Objects(py).cString(text));
  const error = take(files, '/tmp/error');
  if (error) throw new Error(`the library could not be compiled:\n${error}`);
  return takeBytes(files, '/tmp/stdlib.zip');
}
