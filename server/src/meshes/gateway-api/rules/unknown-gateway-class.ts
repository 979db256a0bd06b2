import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { KNOWN_CLASSES } from '../classes.js';
import { allGatewayClasses, gatewayClasses } from '../tables.js';

export const unknownGatewayClass = defineRule({
  id: 'gateway-api/unknown-gateway-class',
  title: 'Gateway names a class that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA1504'],
  effect: 'Nothing carries this Gateway out.',
  why: 'The class says which controller makes the Gateway. A class that does not exist has none, so no proxy is deployed and no address given.',
  remedy: 'Name a class that a controller of this cluster installs.',
  otherTools:
    'Kiali compares with the classes of its configuration; these are the GatewayClasses at hand and the names that well-known controllers install.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: itsio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
  },

  kinds: ['Gateway'],
  reads: { allGatewayClasses, gatewayClasses },

  *check({ resource, read }) {
    const node = resource.root.get('spec.gatewayClassName');
    const written = node?.text();
    if (node === undefined || written === undefined || written === '') return;
    if (KNOWN_CLASSES.includes(written) || read.gatewayClasses(written).length > 0) return;
    const known = read.allGatewayClasses('').map((it) => it.data.name);
    const near = nearest(written, [...known, ...KNOWN_CLASSES]);
    // Any controller may install classes of any name; where none is at hand nothing can be said.
    if (near === undefined && known.length === 0) return;
    yield {
      at: node,
      certainty: near === undefined ? 'unseen' : 'near',
      message: `No GatewayClass "${written}" exists${near === undefined ? ' in this workspace' : ` ("${near}" ${known.includes(near) ? 'exists' : 'is a well-known one'})`}.`,
      related: (near === undefined ? [] : read.gatewayClasses(near)).map((it) => ({
        at: it,
        message: `GatewayClass "${near}" is defined here`,
      })),
      ...(near !== undefined && { data: near }),
    };
  },

  fix({ resource, problem, text }) {
    const node = resource.root.get('spec.gatewayClassName');
    const near = problem.data as string | undefined;
    return node === undefined || near === undefined
      ? []
      : [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }];
  },
});
