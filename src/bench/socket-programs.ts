/** What the benchmark runs of sockets and of asyncio. */
import type { Program } from '../worker/protocol.ts';

const FILE = 'bench.py';

function program(source: string, ...args: readonly unknown[]): Program {
  return { files: { [FILE]: source }, entry: { kind: 'call', file: FILE, function: 'main', args } };
}

/** An asyncio server and so many clients: twice as many sockets, all of them open at once. */
export const asyncioClients = (clients: number): Program =>
  program(
    `
import asyncio

async def answer(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()

async def ask(number, everybody):
    reader, writer = await asyncio.open_connection('127.0.0.1', 8000)
    for _ in range(3):
        writer.write(b'hello %d\\n' % number)
        assert await reader.readline() == b'hello %d\\n' % number
    await everybody.wait()
    writer.close()
    await writer.wait_closed()

async def run(n):
    everybody = asyncio.Barrier(n)
    server = await asyncio.start_server(answer, '127.0.0.1', 8000, backlog=n)
    async with server:
        await asyncio.gather(*[ask(number, everybody) for number in range(n)])

def main(n):
    asyncio.run(run(n))
`,
    clients,
  );

/** A socketserver with a thread for each of so many clients, each of them a thread, all connected at once. */
export const threadedClients = (clients: number): Program =>
  program(
    `
import socket, socketserver, threading

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)

class Server(socketserver.ThreadingTCPServer):
    request_queue_size = 1024

def ask(number, everybody):
    with socket.create_connection(('127.0.0.1', 8000)) as connection, connection.makefile('rb') as answers:
        for _ in range(3):
            connection.sendall(b'hello %d\\n' % number)
            assert answers.readline() == b'hello %d\\n' % number
        everybody.wait()

def main(n):
    everybody = threading.Barrier(n)
    with Server(('127.0.0.1', 8000), Handler) as server:
        threads = [threading.Thread(target=server.serve_forever)]
        threads[0].start()
        threads += [threading.Thread(target=ask, args=(number, everybody)) for number in range(n)]
        for thread in threads[1:]:
            thread.start()
        for thread in threads[1:]:
            thread.join()
        server.shutdown()
`,
    clients,
  );

/** So many tasks that sleep at the same time. */
export const sleepingTasks = (tasks: number): Program =>
  program(
    `
import asyncio

async def run(n):
    await asyncio.gather(*[asyncio.sleep(1) for _ in range(n)])

def main(n):
    asyncio.run(run(n))
`,
    tasks,
  );

/** A byte goes so often to another thread and back. */
export const threadEchoes = (n: number): Program =>
  program(
    `
import socket, threading

def answer(server):
    connection, _ = server.accept()
    with connection:
        while data := connection.recv(100):
            connection.sendall(data)

def main(n):
    with socket.create_server(('127.0.0.1', 8000)) as server:
        thread = threading.Thread(target=answer, args=(server,))
        thread.start()
        with socket.create_connection(('127.0.0.1', 8000)) as connection:
            for _ in range(n):
                connection.sendall(b'x')
                connection.recv(1)
        thread.join()
`,
    n,
  );

/** A line goes so often to another task and back, through asyncio's streams. */
export const streamEchoes = (n: number): Program =>
  program(
    `
import asyncio

async def answer(reader, writer):
    while line := await reader.readline():
        writer.write(line)
    writer.close()

async def run(n):
    server = await asyncio.start_server(answer, '127.0.0.1', 8000)
    async with server:
        reader, writer = await asyncio.open_connection('127.0.0.1', 8000)
        for _ in range(n):
            writer.write(b'x\\n')
            await reader.readline()
        writer.close()
        await writer.wait_closed()

def main(n):
    asyncio.run(run(n))
`,
    n,
  );
