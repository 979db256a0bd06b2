import { describe, expect, test } from 'vitest';
import { createHost } from '../analysis/analyze.js';
import { findingsIn, snapshotOf } from '../analysis/workspace.js';
import { bundledSchemas } from '../hosts/schemas.js';
import { Publisher } from './publisher.js';

const ROUTE = 'file:///w/route.yaml';
const CLEAN = 'file:///w/clean.yaml';

describe('a client that pulls', () => {
  test('has no file looked at before it asks, but for one with news', () => {
    const { publisher, looked } = start();
    for (const uri of [CLEAN, ROUTE, 'file:///w/other.yaml']) publisher.report(uri);
    expect(looked).toEqual([]);
    expect(publisher.takeUnseen()).toBe(true);
    expect(looked).toEqual([CLEAN, ROUTE]);
    expect(publisher.takeUnseen()).toBe(false);
  });

  test('is told of files by the id that it has of them', () => {
    const { publisher, looked, edit } = start();
    for (const uri of [CLEAN, ROUTE]) publisher.report(uri);
    expect([...publisher.filesToPull([])].sort()).toEqual([CLEAN, ROUTE]);
    const { id, items } = publisher.pull(ROUTE);
    expect(items.map((it) => it.code)).toEqual(['istio/unknown-host']);
    expect(publisher.pull(CLEAN).items).toEqual([]);
    looked.length = 0;
    expect(publisher.idOf(ROUTE)).toBe(id);
    expect(publisher.idOf(CLEAN)).toBeUndefined();
    expect([...publisher.filesToPull([])]).toEqual([ROUTE]);
    expect(looked).toEqual([]);

    edit('checkout');
    publisher.report(ROUTE);
    expect(publisher.idOf(ROUTE)).toBeUndefined();
    expect([...publisher.filesToPull([ROUTE])]).toEqual([ROUTE]);
  });

  test('is not told again of what it pulled meanwhile', () => {
    const { publisher, edit } = start();
    publisher.report(ROUTE);
    publisher.pull(ROUTE);
    expect(publisher.takeUnseen()).toBe(false);
    publisher.report(ROUTE);
    expect(publisher.takeUnseen()).toBe(false);
    edit('checkout');
    publisher.report(ROUTE);
    expect(publisher.takeUnseen()).toBe(true);
  });
});

function start() {
  const schemas = bundledSchemas();
  const host = createHost({ schemas });
  const edit = (to: string): void =>
    host.apply([
      {
        uri: ROUTE,
        text: document('networking.istio.io/v1', 'VirtualService', `{ hosts: [x], http: [{ route: [{ destination: { host: ${to} } }] }] }`),
      },
    ]);
  host.apply([{ uri: CLEAN, text: document('v1', 'Service', '{ ports: [{ name: http, port: 80 }], selector: { app: checkout } }') }]);
  edit('nowhere');
  const looked: string[] = [];
  const publisher = new Publisher({
    snapshot: snapshotOf(host, schemas, (uri) => uri),
    names: { clientUri: (uri) => uri, rulePage: () => undefined },
    isOpen: () => false,
    versionOf: () => undefined,
    findings: (uri) => {
      looked.push(uri);
      return findingsIn(host, uri).filter((it) => it.diagnostic.rule === 'istio/unknown-host');
    },
    send: () => expect.unreachable('a client that pulls is not pushed to'),
    onFailure: (_, error) => expect.unreachable(String(error)),
  });
  publisher.start({ mode: 'pull', capabilities: {} });
  return { publisher, looked, edit };
}

function document(apiVersion: string, kind: string, spec: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: checkout, namespace: shop }\nspec: ${spec}\n`;
}
