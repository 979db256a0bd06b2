import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import { meshConfig } from '../mesh-config.js';
import { quoted, writtenText } from '../validation/values.js';

export const repeatedEgressHost = defineRule({
  id: 'istio/repeated-egress-host',
  title: 'Egress host of a Sidecar that another one covers',
  severity: 'warning',
  category: 'schema',
  peers: ['IST0133'],
  effect: 'It adds nothing to what the sidecar sees.',
  why: 'Hosts of a listener are added up. Beside all hosts of a namespace, or of all namespaces, a single one is either left over or a sign that less was meant.',
  remedy: 'Keep the narrower entries, or the wide one alone.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
  - hosts: ["*/*", ./*]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
  - hosts: ["*/*"]
`,
  },

  kinds: ['Sidecar'],
  reads: { meshConfig },

  *check({ resource, read }) {
    // The default Sidecar of the root namespace holds for every namespace, and "." is then the one of each workload.
    const isDefault = resource.namespace === read.meshConfig().rootNamespace && !resource.root.has('spec.workloadSelector');
    for (const listener of resource.root.list('spec.egress.*')) {
      const hosts = listener.list('hosts.*').flatMap((at) => {
        const written = writtenText(at);
        const slash = written?.indexOf('/') ?? -1;
        if (written === undefined || slash <= 0 || written.startsWith('~')) return [];
        const namespace = written.slice(0, slash);
        return [
          {
            at,
            written,
            namespace: namespace === '.' && !isDefault ? (resource.namespace ?? '.') : namespace,
            host: written.slice(slash + 1),
          },
        ];
      });
      for (const [i, { at, written, namespace, host }] of hosts.entries()) {
        const covers = (it: (typeof hosts)[number], other: { namespace: string; host: string }) =>
          (it.namespace === '*' && it.host === '*') || (it.namespace === other.namespace && (it.host === '*' || it.host === other.host));
        const wide = hosts.find((it, j) => j !== i && covers(it, { namespace, host }) && (j < i || !covers(hosts[i]!, it)));
        if (wide)
          yield {
            at,
            message: wide.written === written ? `${quoted(written)} is here twice.` : `${quoted(wide.written)} covers ${quoted(written)}.`,
            related: [{ at: wide.at, message: 'the wider one is here' }],
            tags: ['unnecessary'],
          };
      }
    }
  },

  fix({ resource, problem, text }) {
    for (const list of resource.root.list('spec.egress.*.hosts')) {
      if (list.type !== 'list') continue;
      const index = list.items.findIndex((it) => it.start === problem.at.start);
      const edit = index < 0 ? undefined : removeItem(text, list, index);
      if (edit) return [{ title: `Remove "${list.items[index]!.text()}"`, preferred: true, edits: [edit] }];
    }
    return [];
  },
});
