import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { StreamMessageReader, type Message } from 'vscode-languageserver/node';
import { GatheringWriter } from './gathering-writer.js';

test('messages of one turn go out in one piece, in their order, each with its length in bytes', async () => {
  const stream = new PassThrough();
  const pieces: string[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  const read: Message[] = [];
  const writer = new GatheringWriter(stream);
  for (const text of ['one', 'zwölf', '十二 🐟']) void writer.write({ jsonrpc: '2.0', method: text } as Message);
  expect(pieces).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces).toHaveLength(1);
  await writer.write({ jsonrpc: '2.0', method: 'later' } as Message);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces).toHaveLength(2);

  const again = new PassThrough();
  new StreamMessageReader(again).listen((it) => void read.push(it));
  for (const piece of pieces) again.write(piece);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(read.map((it) => (it as { method?: string }).method)).toEqual(['one', 'zwölf', '十二 🐟', 'later']);
});

test('a stream that breaks is told of', async () => {
  const stream = new PassThrough();
  const writer = new GatheringWriter(stream);
  const errors: string[] = [];
  let isClosed = false;
  writer.onError(([error]) => errors.push(error.message));
  writer.onClose(() => (isClosed = true));
  stream.destroy(new Error('EPIPE'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(errors).toEqual(['EPIPE']);
  expect(isClosed).toBe(true);
  await writer.write({ jsonrpc: '2.0' });
});
