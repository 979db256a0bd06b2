import { defineRule } from '../../../rules/rule.js';
import { podTemplateOf } from '../../kubernetes/pod-templates.js';
import { annotationFacts, complaintAbout, isProxyConfig } from '../annotations.js';
import { OPAQUE_PORTS } from '../opaque.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';
import { holdsPort, portsIn } from '../ports.js';
import { changeFixes, choiceOf } from '../suggestions.js';
import type { Resource } from '../../../model/resource.js';

/** Told by a rule of its own. */
const ELSEWHERE: readonly string[] = ['config.linkerd.io/default-inbound-policy'];

export const annotationValueInvalid = defineRule({
  id: 'linkerd/annotation-value-invalid',
  title: 'Annotation with a value that Linkerd cannot read',
  severity: 'warning',
  category: 'semantics',
  effect: 'It is ignored, and the default holds.',
  why: 'A value that cannot be read is written to the log of the injector and left out; the pod starts with the default. For limits and ports that is rarely what is wanted.',
  remedy: 'Write the value as the annotation takes it.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { config.linkerd.io/proxy-cpu-limit: one } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { config.linkerd.io/proxy-cpu-limit: "1" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: [...CONFIGURED_KINDS, 'Service', 'EgressNetwork'],
  reads: {},

  *check({ resource }) {
    for (const { name, value, carrier } of sitesRead(resource, isProxyConfig)) {
      const facts = annotationFacts(name);
      const written = value.text();
      if (facts?.value === undefined || facts.removed || written === undefined || written === '' || ELSEWHERE.includes(name)) continue;
      const complaint =
        complaintAbout(facts.value, written, name === OPAQUE_PORTS && carrier === 'Pod' ? portNamesOf(resource) : []) ??
        (name === OPAQUE_PORTS && OUTBOUND.includes(carrier) && holdsPort(portsIn(written), 0) ? 'ports begin at 1 here' : undefined);
      if (complaint === undefined) continue;
      const values = facts.value.type === 'enum' ? facts.value.values : facts.value.type === 'bool' ? ['true', 'false'] : [];
      const words = values.includes('enabled') ? SWITCH_WORDS : TRUTH_WORDS;
      yield {
        at: value,
        message: `"${written}" is no value of ${name}: ${complaint}.`,
        data: values.length === 0 ? { values: [], isCertain: false } : choiceOf(written, values, words),
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});

/** Kinds whose ports are read for the policy of clients, and not by the injector, which takes a 0. */
const OUTBOUND: readonly string[] = ['Service', 'EgressNetwork'];

const SWITCH_WORDS: Readonly<Record<string, string>> = {
  true: 'enabled',
  on: 'enabled',
  yes: 'enabled',
  false: 'disabled',
  off: 'disabled',
  no: 'disabled',
};
const TRUTH_WORDS: Readonly<Record<string, string>> = {
  enabled: 'true',
  on: 'true',
  yes: 'true',
  disabled: 'false',
  off: 'false',
  no: 'false',
};

/** Names of the ports of a pod; undefined where some may be hidden. */
function portNamesOf(resource: Resource): readonly string[] | undefined {
  const pods = podTemplateOf(resource);
  if (pods === undefined || pods.specOpen || pods.spec === undefined) return undefined;
  return ['containers', 'initContainers'].flatMap((it) => pods.spec!.list(`${it}.*.ports.*.name`)).flatMap((it) => it.text() ?? []);
}
