import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { mapAt } from '../fields.js';
import { REFUSED } from '../names.js';

export const proxyModeNotSettable = defineRule({
  id: 'consul/proxy-mode-not-settable',
  title: 'Mode of the proxy set where only annotations count',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Consul on Kubernetes decides the mode of a proxy by annotations of its pod, so the webhook refuses these two fields.',
  remedy: 'Remove the field, and write the annotation consul.hashicorp.com/transparent-proxy on the pods.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http, mode: transparent }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http, transparentProxy: { dialedDirectly: true } }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    const mode = resource.root.get('spec.mode');
    if (mode && resource.root.has('spec.mode'))
      yield { at: mode, message: 'The mode of a proxy is set by an annotation of its pod, not by "mode".', data: 'mode' };
    const port = resource.root.get('spec.transparentProxy.outboundListenerPort');
    if (port && (port.number() ?? 0) !== 0)
      yield {
        at: port,
        message: 'The port of the outbound listener is set by an annotation of the pod, not here.',
        data: 'outboundListenerPort',
      };
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource, problem.at);
    const removal = map && removeEntry(text, map, problem.data as string);
    return removal ? [{ title: `Remove "${String(problem.data)}"`, edits: [removal] }] : [];
  },
});
