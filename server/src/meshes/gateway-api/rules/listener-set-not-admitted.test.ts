import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { listenerSetNotAdmitted } from './listener-set-not-admitted.js';

const yaml = (admission: string, namespace: string, mark = '') => `
    kind: ListenerSet
    metadata: { name: more, namespace: ${namespace} }
    spec:
      parentRef:
        namespace: ingress
        name: public
${mark}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      gatewayClassName: istio${admission}
`;
const from = (name: string) => `\n      allowedListeners: { namespaces: { from: ${name} } }`;
const mark = (rest: string) => `    #         ^^^^^^ error gateway-api/listener-set-not-admitted ${rest}`;

test('a Gateway takes no ListenerSets unless it says so', () => {
  check(
    listenerSetNotAdmitted,
    yaml('', 'ingress', mark('💡 "Gateway "ingress/public" takes no ListenerSets. Its listeners never open."')),
  );
  check(listenerSetNotAdmitted, yaml(from('Same'), 'ingress'));
  check(listenerSetNotAdmitted, yaml(from('All'), 'shop'));
  check(listenerSetNotAdmitted, yaml(from('"{{ .Values.from }}"'), 'shop'));
});

test('another namespace than the admitted one is refused', () => {
  check(
    listenerSetNotAdmitted,
    yaml(from('Same'), 'shop', mark('"Gateway "ingress/public" takes of ListenerSets those of its own namespace only."')),
  );
});

test('admits the own namespace', () => {
  checkFix(
    listenerSetNotAdmitted,
    yaml('', 'ingress').replace('name: public\n\n', 'name: pu$0blic\n\n'),
    'Admit ListenerSets of its own namespace (workspace/main.yaml)',
    yaml(from('Same'), 'ingress'),
  );
});
