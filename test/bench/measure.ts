import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticsOf } from '../../server/src/analysis/diagnostics.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import { schemas } from '../support/analyze.js';
import { LAYOUT_EDITS, layouts } from './layouts.js';
import { shopOf } from './shop.js';

export interface Measures {
  readonly services: number;
  readonly resources: number;
  readonly megabytes: number;
  /** Everything from scratch, in milliseconds. */
  readonly cold: number;
  /** Growth of the heap by it, in bytes, after a collection where there is a way to ask for one. */
  readonly heap: number;
  /** From a change of text to fresh diagnostics of every file, in milliseconds, by sort of edit. */
  readonly edits: readonly { readonly name: string; readonly p50: number; readonly p95: number; readonly changedFiles: number }[];
  /** Diagnostics that are left when all edits are taken back; the repository has none at first. */
  readonly left: number;
}

/** An edit of a file and what is written in its place; it is measured there and back. */
export interface Edit {
  readonly name: string;
  readonly file: (i: number) => string;
  readonly from: string | RegExp;
  readonly to: string;
}

const EDITS: readonly Edit[] = [
  { name: 'a character in a comment', file: (i) => `service-${i}-routing.yaml`, from: /^/, to: '# x\n' },
  { name: 'a value that nothing refers to', file: (i) => `service-${i}-routing.yaml`, from: 'timeout: 5s', to: 'timeout: 6s' },
  { name: 'a subset that a route names', file: (i) => `service-${i}-routing.yaml`, from: '  - name: v2', to: '  - name: v3' },
  {
    name: 'the name of a Service',
    file: (i) => `service-${i}.yaml`,
    from: /kind: Service\nmetadata:\n {2}name: /,
    to: 'kind: Service\nmetadata:\n  name: x-',
  },
  { name: 'the label of a pod', file: (i) => `service-${i}.yaml`, from: /version: v2\n {4}spec:/, to: 'version: v4\n    spec:' },
  { name: 'YAML that breaks', file: (i) => `service-${i}-routing.yaml`, from: 'hosts:\n', to: 'hosts: [\n' },
  { name: 'mTLS of a namespace', file: () => 'namespace.yaml', from: 'STRICT', to: 'PERMISSIVE' },
];

/** `unusual`: also edits in files of unusual shape, which then stand beside the shop's. */
export function measure(services: number, repeats: number, unusual = false): Measures {
  const files = unusual ? [...shopOf(services), ...layouts()] : shopOf(services);
  const before = heapUsed();
  const begin = performance.now();
  const host = createHost({ schemas });
  host.setSettings({ world: 'closed' });
  host.apply(files);
  host.work();
  for (const { uri } of files) diagnosticsOf(host, uri);
  const cold = performance.now() - begin;
  host.takeChanged();
  const heap = heapUsed() - before;

  const edits = (unusual ? LAYOUT_EDITS : EDITS).map(({ name, file, from, to }) => {
    const times: number[] = [];
    let changedFiles = 0;
    for (let k = 0; k < repeats; k++) {
      const ending = `/${file(Math.floor((k * 37) % services))}`;
      const { uri, text } = files.find((it) => it.uri.endsWith(ending))!;
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`"${name}" changes nothing in ${uri}`);
      for (const next of [edited, text]) {
        const start = performance.now();
        host.apply([{ uri, text: next, open: true }]);
        changedFiles = Math.max(changedFiles, refresh(host));
        times.push(performance.now() - start);
      }
    }
    times.sort((a, b) => a - b);
    return { name, p50: times[Math.floor(times.length * 0.5)]!, p95: times[Math.floor(times.length * 0.95)]!, changedFiles };
  });
  const left = files.reduce(
    (sum, { uri }) => sum + diagnosticsOf(host, uri).filter((it) => it.severity === 'error' || it.severity === 'warning').length,
    0,
  );
  const megabytes = files.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
  return { services, resources: host.resourceCount, megabytes, cold, heap, edits, left };
}

function heapUsed(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** What the editor does after a change: brings findings up to date, and asks for those files whose findings may differ. */
function refresh(host: AnalysisHost): number {
  host.work();
  const changed = host.takeChanged();
  for (const uri of changed) diagnosticsOf(host, uri);
  return changed.length;
}
