import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { foldingRanges, selectionRanges } from './folding.js';
import { definition, highlights, references } from './definition.js';
import { documentSymbols, workspaceSymbols, type DocumentSymbol } from './symbols.js';

const ROUTE = `
    # one
    # two
    kind: VirtualService
    metadata:
      name: checkout
      namespace: shop
    spec:
      hosts: [shop.example.com]
      http:
      - name: canary
        match:
        - uri: { prefix: /cart }
        route:
        - destination: { host: checkout, subset: v2 }
          weight: 90
        - destination: { host: checkout, subset: v$03 }
          weight: 10
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
    spec:
      selector: { app: checkout }
      ports: [{ name: http, port: 80 }]
`;

test('the outline shows resources, and in a route where it leads', () => {
  const { snapshot, uri } = edit(ROUTE);
  const drawn = (symbols: readonly DocumentSymbol[], indent = ''): string =>
    symbols.map((it) => `${indent}${it.name} | ${it.detail}\n${drawn(it.children, `${indent}  `)}`).join('');
  expect(drawn(documentSymbols(snapshot, uri))).toBe(`VirtualService checkout | shop
  hosts | shop.example.com
  http "canary" | /cart to checkout v2 90 %, v3 10 %
Service checkout | shop
  selector | app=checkout
  port 80 | http
`);
});

test('every symbol encloses its selection and its children', () => {
  const { snapshot, uri } = edit(ROUTE);
  const check = (symbol: DocumentSymbol): void => {
    expect(symbol.selection.start).toBeGreaterThanOrEqual(symbol.range.start);
    expect(symbol.selection.end).toBeLessThanOrEqual(symbol.range.end);
    for (const child of symbol.children) check(child);
  };
  for (const symbol of documentSymbols(snapshot, uri)) check(symbol);
});

test('workspace symbols match names, kinds, short names and namespaces', () => {
  const { snapshot } = edit(ROUTE);
  const names = (query: string): readonly string[] => workspaceSymbols(snapshot, query).map((it) => `${it.container}: ${it.name}`);
  expect(names('vs checkout')).toEqual(['VirtualService · shop: checkout']);
  expect(names('svc')).toEqual(['Service · shop: checkout']);
  expect(names('shop/')).toHaveLength(2);
  expect(names('nothing')).toEqual([]);
});

test('documents, entries, items and runs of comments fold', () => {
  const { snapshot, uri } = edit(ROUTE);
  const folds = foldingRanges(snapshot, uri).map((it) => `${it.startLine}-${it.endLine}${it.isComment ? ' comment' : ''}`);
  expect(folds).toEqual(['0-1 comment', '4-6', '7-17', '9-17', '10-17', '11-12', '13-17', '14-15', '16-17', '18-24', '22-24']);
});

test('a selection grows from the value to the file', () => {
  const { snapshot, uri, offset, textOf } = edit(ROUTE);
  const texts = selectionRanges(snapshot, uri, offset).map((it) => textOf(uri).slice(it.start, it.end));
  expect(texts.slice(0, 4)).toEqual(['v3', 'subset: v3', '{ host: checkout, subset: v3 }', 'destination: { host: checkout, subset: v3 }']);
  expect(texts.at(-1)).toBe(textOf(uri));
  expect(texts.map((it) => it.length)).toEqual([...texts.map((it) => it.length)].sort((a, b) => a - b));
});

test('a reference leads to its definition and back, and is marked in its file', () => {
  const world = ROUTE.replace('v$03', 'v3').replace('host: checkout, subset: v2', 'host: check$0out, subset: v2');
  const { snapshot, uri, offset, textOf } = edit(world);
  const [link] = definition(snapshot, uri, offset);
  expect(textOf(uri).slice(link!.from.start, link!.from.end)).toBe('checkout');
  expect(textOf(uri).slice(0, link!.to.range.start)).toMatch(/kind: Service\n.*\nmetadata: \{ name: $/);
  expect(references(snapshot, uri, offset, true)).toHaveLength(3);
  expect(references(snapshot, uri, offset, false)).toHaveLength(2);
  expect(highlights(snapshot, uri, offset).map((it) => it.isDefinition)).toEqual([false, false, true]);
});
