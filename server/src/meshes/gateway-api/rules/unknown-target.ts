import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { servicesInView } from '../lookups.js';
import { isService, targetRefsOf } from '../references.js';

export const unknownTarget = defineRule({
  id: 'gateway-api/unknown-target',
  title: 'Policy is attached to a Service or port that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'This policy does nothing.',
  why: 'A policy works on what its targetRefs name, in its own namespace. "sectionName" is the name of a port of the Service.',
  remedy: 'Name a Service of the namespace of the policy, and a port by its name.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: payment, namespace: payments }
spec:
  targetRefs: [{ group: "", kind: Service, name: paymnet }]
  validation: { hostname: payment.example.com, wellKnownCACertificates: System }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: https, port: 443 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: payment, namespace: payments }
spec:
  targetRefs: [{ group: "", kind: Service, name: payment }]
  validation: { hostname: payment.example.com, wellKnownCACertificates: System }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: https, port: 443 }] }
`,
  },

  kinds: ['BackendTLSPolicy', 'XBackendTrafficPolicy'],
  reads: { servicesNamed, servicesIn, servicesInView },

  *check({ resource, read }) {
    const place = namespaceKey(resource.namespace);
    for (const ref of targetRefsOf(resource)) {
      if (!isService(ref)) continue;
      const found = read.servicesNamed(keyOf(ref));
      const [service] = found;
      if (!service) {
        const here = read.servicesIn(place);
        const near = nearest(
          ref.name,
          here.map((it) => it.data.name),
        );
        yield {
          at: ref.nameNode,
          certainty: near !== undefined ? 'near' : read.servicesInView(place) ? 'owned' : 'unseen',
          message: `No Service "${displayName(ref)}" exists${near === undefined ? ' in this workspace' : ` ("${near}" exists)`}.`,
          related: here.filter((it) => it.data.name === near).map((it) => ({ at: it, message: `Service "${near}" is defined here` })),
          ...(near !== undefined && { data: [near] }),
        };
        continue;
      }
      const section = ref.node.get('sectionName');
      const { ports } = service.data;
      if (section === undefined || ref.sectionName === undefined || found.some((it) => it.data.incomplete)) continue;
      if (ports.some((it) => it.name === ref.sectionName)) continue;
      const names = ports.flatMap((it) => it.name ?? []);
      yield {
        at: section,
        message: `Service "${displayName(service.data)}" has no port named "${ref.sectionName}"${names.length === 0 ? '' : ` (it has ${quotedList(names)})`}.`,
        related: [{ at: service, message: `Service "${displayName(service.data)}" is defined here` }],
        data: names.slice(0, 3),
      };
    }
  },

  fix({ resource, problem, text }) {
    const refs = targetRefsOf(resource);
    const ref = refs.find((it) => [it.nameNode, it.node.get('sectionName')].some((node) => node?.start === problem.at.start));
    if (ref === undefined) return [];
    const isName = ref.nameNode.start === problem.at.start;
    const node = isName ? ref.nameNode : ref.node.get('sectionName');
    const names = ((problem.data ?? []) as readonly string[]).filter(
      (name) => !refs.some((it) => (isName ? it.name === name : it.name === ref.name && it.sectionName === name)),
    );
    return node === undefined
      ? []
      : names.map((name) => ({
          title: `Change to "${name}"`,
          preferred: names.length === 1,
          edits: [replaceValue(text, node, name)],
        }));
  },
});
