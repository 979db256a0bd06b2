import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry, replaceValue } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';

const MODE = 'balancer.linkerd.io/failure-accrual';
const BIAS = 'balancer.alpha.linkerd.io/penalize-failures';

interface Need {
  readonly prefix: string;
  readonly key: string;
  readonly value: string;
  readonly isMet: (value: string | undefined) => boolean;
}

/** Which annotation the others need beside them. */
const NEEDS: readonly Need[] = [
  { prefix: `${MODE}-consecutive-`, key: MODE, value: 'consecutive', isMet: (value) => value !== undefined },
  {
    prefix: 'balancer.alpha.linkerd.io/failure-accrual-success-rate-',
    key: MODE,
    value: 'unified',
    isMet: (value) => value === 'unified',
  },
  {
    prefix: 'balancer.alpha.linkerd.io/load-biaser-',
    key: BIAS,
    value: 'true',
    isMet: (value) => /^(1|t|true)$/i.test(value ?? ''),
  },
];

export const failureAccrualNoEffect = defineRule({
  id: 'linkerd/failure-accrual-no-effect',
  title: 'Setting of a circuit breaker that is not on',
  severity: 'info',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'The limits of a circuit breaker count only where balancer.linkerd.io/failure-accrual turns it on, those about success rates only with unified. Those about bias count where balancer.alpha.linkerd.io/penalize-failures is true.',
  remedy: 'Set the annotation that turns it on.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop, annotations: { balancer.linkerd.io/failure-accrual-consecutive-max-failures: "3" } }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
  annotations:
    balancer.linkerd.io/failure-accrual: consecutive
    balancer.linkerd.io/failure-accrual-consecutive-max-failures: "3"
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Service'],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, map } of annotationSitesIn(resource, (it) => NEEDS.some(({ prefix }) => it.startsWith(prefix)))) {
      const need = NEEDS.find(({ prefix }) => name.startsWith(prefix))!;
      const entry = map.entry(need.key);
      if (map.partial || resource.partial || (entry !== undefined && entry.value.text() === undefined) || need.isMet(entry?.value.text()))
        continue;
      yield {
        at: keyRange,
        message: `${name} counts only with ${need.key}: ${need.value}.`,
        data: { name, key: need.key, value: need.value },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { name, key, value } = problem.data as { name: string; key: string; value: string };
    const map = resource.root.map('metadata.annotations');
    if (map === undefined) return [];
    const written = map.get(key) ?? map.entry(key)?.value;
    const removal = removeEntry(text, map, name);
    return [
      {
        title: `Set ${key}: ${value}`,
        edits: [written ? replaceValue(text, written, value) : insertEntry(text, map, key, value === 'true' ? '"true"' : value)],
      },
      ...(removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : []),
    ];
  },
});
