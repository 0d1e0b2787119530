/** A student's answer that looks for what others have, and for a way out, with the teacher's own paths in its hands. */

/** What it may not find looks so; in its own source it stands in two parts. */
export const CANARY = 'CANARY-';

/** `folders`: where the submissions, the private tests and the results really are; `port`: at which the host listens. */
export function thief(folders: readonly string[], port: number): string {
  return `
import gc, glob, os, re, socket, subprocess, sys
folders = ${JSON.stringify(folders)}
pattern = re.compile("CANARY" + "-[a-z0-9]{6,}")
found = set()

def attempt(act):
    try:
        return act()
    except BaseException as error:
        return repr(error)

def look(text):
    found.update(pattern.findall(str(text)))

def read(path):
    with open(path, "rb") as file:
        look(file.read(1_000_000).decode("utf-8", "replace"))

names = ["/proc/self/environ", "/proc/1/environ", "/proc/self/cmdline", "/etc/passwd", "/etc/hostname"]
for folder in folders:
    names += [folder, "../" * 20 + folder.lstrip("/"), "file://" + folder]
    names += [folder + "/" + name for name in ("tests.ts", "gil/invoice-numbers/tests.ts", "ann.hb.json", ".grading/results.jsonl")]
    look(attempt(lambda: os.listdir(folder)))
    look(attempt(lambda: [entry.name for entry in os.scandir(folder)]))
    look(attempt(lambda: glob.glob(folder + "/**", recursive=True)))
for fd in range(64):
    attempt(lambda: look(os.pread(fd, 100_000, 0)))
    attempt(lambda: look(os.readlink(f"/proc/self/fd/{fd}")))
for folder, _, files in os.walk("/"):
    if not folder.startswith(("/lib", "/proc")):
        names += [folder + "/" + name for name in files[:50]]
for name in names[:2000]:
    attempt(lambda: read(name))
look(dict(os.environ))
look(sys.argv)
for thing in gc.get_objects():
    if type(thing) in (str, bytes, dict, list, tuple) and len(thing) < 10_000:
        attempt(lambda: look(thing))

for folder in folders:
    attempt(lambda: open(folder + "/written", "w").write("1"))
    attempt(lambda: os.mkdir(folder + "/made"))
    attempt(lambda: os.symlink("/etc/passwd", folder + "/linked"))
    attempt(lambda: os.rename(folder, folder + "-moved"))
    attempt(lambda: os.system("touch " + folder + "/spawned"))
    attempt(lambda: subprocess.run(["/bin/sh", "-c", "touch " + folder + "/spawned"], timeout=1))
for host in ("127.0.0.1", "localhost", "0.0.0.0", "::1"):
    attempt(lambda: socket.create_connection((host, ${port}), timeout=1))
raise Exception("found " + repr(sorted(found)))
`;
}
