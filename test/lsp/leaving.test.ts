import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { StreamMessageReader, StreamMessageWriter, type Message } from 'vscode-languageserver-protocol/node';
import { buildServer } from './build.js';

const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

beforeAll(() => buildServer());

test('a server ends with its client, and tells whether that had said so', async () => {
  expect(await leave(['shutdown'], 'exit')).toBe(0);
  expect(await leave([], 'exit')).toBe(1);
  expect(await leave(['shutdown'], 'closes stdin')).toBe(0);
  expect(await leave([], 'closes stdin')).toBe(1);
});

async function leave(requests: readonly string[], how: 'exit' | 'closes stdin'): Promise<number | null> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const writer = new StreamMessageWriter(child.stdin);
  const waiting = new Map<unknown, () => void>();
  new StreamMessageReader(child.stdout).listen((it: Message & { readonly id?: unknown }) => waiting.get(it.id)?.());
  const all = [
    ['initialize', { processId: null, rootUri: null, capabilities: {} }] as const,
    ...requests.map((it) => [it, undefined] as const),
  ];
  for (const [id, [method, params]] of all.entries()) {
    const answered = new Promise<void>((resolve) => waiting.set(id, resolve));
    await writer.write({ jsonrpc: '2.0', id, method, params } as Message);
    await answered;
  }
  if (how === 'exit') await writer.write({ jsonrpc: '2.0', method: 'exit' } as Message);
  else child.stdin.end();
  return ended;
}
