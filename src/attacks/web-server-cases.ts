/** The machine's httpd, and the `requests` module: as something that strangers send to, and as somebody who asks strangers. */
import type { Attack } from './attack.ts';

const START = `
import os, random, socket, subprocess, threading, time
open("index.html", "w").write("<h1>hello</h1>")
with open("large", "wb") as file: file.write(b"x" * 3_000_000)
server = subprocess.Popen(["httpd", "--port", "8000"], stdout=subprocess.DEVNULL)
time.sleep(0.1)
def connect():
    return socket.create_connection(("127.0.0.1", 8000), timeout=5)
def ask(data, size=200):
    with connect() as s:
        try:
            s.sendall(data)
            return s.recv(size)
        except OSError as error:
            return type(error).__name__.encode()
def get(path, more=""):
    return f"GET {path} HTTP/1.1\\r\\nHost: x\\r\\n{more}\\r\\n".encode()
def alive():
    print("alive", ask(get("/")).startswith(b"HTTP/1.1 200 OK"), server.poll())
    server.kill(); server.wait()
`;

const httpd = (name: string, source: string, rest: Partial<Attack> = {}): Attack => ({
  name: `httpd: ${name}`,
  why: 'it must refuse, close the connection or lose patience, and go on',
  source: `${START}${source}\nalive()\n`,
  ends: { kind: 'exit', code: 0 },
  prints: /alive True None\n$/,
  ungraded: true,
  ...rest,
});

const client = (name: string, answers: string, rest: Partial<Attack> = {}): Attack => ({
  name: `requests: ${name}`,
  why: 'a server that lies must become one of its exceptions',
  source: `
import requests, socket, threading
listener = socket.create_server(("127.0.0.1", 8000))
answers = [${answers}]
def serve():
    for answer in answers:
        connection, _ = listener.accept()
        connection.recv(10_000)
        try: connection.sendall(answer)
        except OSError: pass
        connection.close()
threading.Thread(target=serve, daemon=True).start()
for _ in answers:
    try: print(len(requests.get("http://127.0.0.1:8000/", timeout=5).content))
    except requests.RequestException as error: print(type(error).__name__, str(error)[:80])
print("survived")
`,
  ends: { kind: 'exit', code: 0 },
  prints: /survived\n$/,
  ungraded: true,
  ...rest,
});

export const WEB_SERVER_ATTACKS: readonly Attack[] = [
  httpd(
    'garbage',
    `
random.seed(7)
for data in (b"\\0" * 5000, b"\\xff\\xfe\\r\\n\\r\\n", b"\\r\\n" * 50_000, b"a" * 200_000, b"GET " + b"/" * 100_000, b"GET / HTTP/1.1\\r\\n" + b"A: b\\r\\n" * 100_000,
             b"GET / HTTP/9.9\\r\\n\\r\\n", b"GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: " + b"9" * 400 + b"\\r\\n\\r\\n", get("/", "Transfer-Encoding: chunked\\r\\n") + b"fffffffff\\r\\n",
             b"GET http:// HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n", b"\\x16\\x03\\x01\\x02\\0\\x01" + bytes(500)):
    print(ask(data)[:40])
for _ in range(150):
    ask(bytes(random.randrange(256) if random.random() < 0.2 else random.choice(b"GET / HTTP/1.1\\r\\n: x%./") for _ in range(80)) + b"\\r\\n\\r\\n")
`,
  ),
  httpd(
    'paths that lead out',
    `
os.symlink("/", "root"); os.symlink("loop", "loop"); os.mkfifo("fifo"); os.mkdir("locked", 0)
for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/....//etc", "//etc/passwd", "/./../x", "/loop", "/fifo", "/root/dev/zero",
             "/root/dev/urandom", "/root/proc/self/mem", "/locked/x", "/" + "d/" * 3000, "/%00", "/%", "/%c0%ae%c0%ae/", "/index.html/.."):
    answer = ask(get(path), 1000)
    print(path[:30], answer[:12])
    assert b" 200 " not in answer, path
`,
  ),
  httpd(
    'headers without end, byte by byte, from many',
    `
slow = [connect() for _ in range(300)]
for s in slow: s.sendall(b"GET / HTTP/1.1\\r\\n")
for _ in range(8):
    time.sleep(2)
    for s in slow:
        try: s.sendall(b"A: b\\r\\n")
        except OSError: pass
print(sum(s.recv(12) == b"HTTP/1.1 408" for s in slow[:200]))
for s in slow: s.close()
time.sleep(3)
`,
  ),
  httpd(
    'who asks for much and takes nothing',
    `
deaf = [connect() for _ in range(40)]
for s in deaf: s.sendall(get("/large") * 50)
print(ask(get("/"))[:15])
time.sleep(70)
for s in deaf: s.close()
`,
  ),
  httpd(
    'ten thousand requests at once, and those who leave in the middle',
    `
with connect() as s:
    threading.Thread(target=s.sendall, args=(get("/") * 10_000,), daemon=True).start()
    s.settimeout(2); size = 0
    try:
        while part := s.recv(65536): size += len(part)
    except OSError as error: print(type(error).__name__)
    print(size > 100_000)
for _ in range(100):
    s = connect(); s.sendall(get("/large")); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\\1\\0\\0\\0\\0\\0\\0\\0"); s.close()
`,
    { limits: { steps: 3_000_000 } },
  ),
  httpd(
    'options',
    `
for words in (["--port", "-1"], ["--port", "9" * 50], ["--delay", "1e999"], ["--delay", "nan"], ["--status", "0"], ["--root", "/nowhere"], ["--root", "x" * 5000],
              ["--port"], ["--", "x"], ["-p8000"], ["--port", "1"] * 500 + ["x"]):
    print(subprocess.run(["httpd", *words], capture_output=True).returncode)
`,
  ),
  client(
    'heads that are none, or without end',
    String.raw`b"", b"\0" * 1000, b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 99999 x\r\n\r\n", b"HTTP/1.1 200 " + b"x" * 100_000, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000,
           b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000, b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, b"HTTP/1.1 200 OK\r\nno colon\r\n: no name\r\n\r\nbody"`,
  ),
  client(
    'bodies that are not as long as promised',
    String.raw`b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nx", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nx",
           b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nx", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 60_000 + b"\r\nx",
           b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1" + b";" * 100_000`,
  ),
  client(
    'redirects to nowhere and in circles',
    String.raw`b"HTTP/1.1 302 x\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 302 x\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
           *[b"HTTP/1.1 302 x\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"] * 40`,
  ),
];
