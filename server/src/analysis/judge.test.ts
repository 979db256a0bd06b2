import { expect, test } from 'vitest';
import { schemas } from '../../../test/support/analyze.js';
import { createHost } from './analyze.js';
import { diagnosticsOf } from './diagnostics.js';
import type { Judge } from './judge.js';

const files = Array.from({ length: 20 }, (_, i) => ({
  uri: `file:///w/route-${i}.yaml`,
  text: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: route-${i}
  namespace: shop
spec:
  hosts:
  - route-${i}
  http:
  - timeout: ${i % 2 === 0 ? '5x' : '5s'}
    retrys: {}
    route:
    - destination:
        host: nowhere-${i}
      weight: ${i % 3 === 0 ? -1 : 100}
`,
}));

/** What another thread would be: what goes there and comes back is copied. */
function judge(): Judge & { told: number } {
  const alone = createHost({ schemas, judgesOnly: true });
  const copy = <T>(value: T): T => structuredClone(value);
  return {
    told: 0,
    take(given, settings, done) {
      alone.setSettings(copy(settings));
      const found = copy(given.map(({ uri, text }) => alone.judgeAlone(uri, text)));
      this.told += found.flat().filter((it) => it !== '').length;
      done(found);
      return true;
    },
  };
}

test('what another thread finds is what would be found here', () => {
  const here = createHost({ schemas });
  const other = judge();
  const there = createHost({ schemas, judge: other });
  for (const host of [here, there]) {
    host.setSettings({ world: 'closed' });
    host.apply(files);
  }
  const all = files.flatMap(({ uri }) => diagnosticsOf(here, uri));
  expect(files.flatMap(({ uri }) => diagnosticsOf(there, uri))).toEqual(all);
  expect(other.told).toBe(20);
  expect(new Set(all.map((it) => it.rule)).size).toBeGreaterThan(2);
});

test('one that never answers, or knows other kinds, changes nothing', () => {
  const here = createHost({ schemas });
  here.apply(files);
  const expected = files.flatMap(({ uri }) => diagnosticsOf(here, uri));
  for (const answer of [undefined, files.map(() => [])]) {
    const host = createHost({
      schemas,
      judge: {
        take: (_files, _settings, done) => {
          if (answer) done(answer);
          return answer !== undefined;
        },
      },
    });
    host.apply(files);
    expect(files.flatMap(({ uri }) => diagnosticsOf(host, uri))).toEqual(expected);
  }
});
