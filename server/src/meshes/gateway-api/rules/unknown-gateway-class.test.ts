import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownGatewayClass } from './unknown-gateway-class.js';

const gateway = (className: string) => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      gatewayClassName: ${className}
`;
const ours = `
    ---
    kind: GatewayClass
    metadata: { name: internal }
`;

test('reports a class beside one that exists or is well known', () => {
  check(
    unknownGatewayClass,
    `${gateway('itsio').trimEnd()}\n    #                   ^^^^^ error gateway-api/unknown-gateway-class 💡 "No GatewayClass "itsio" exists ("istio" is a well-known one). Nothing carries this Gateway out."\n`,
  );
  check(
    unknownGatewayClass,
    `${gateway('internl').trimEnd()}\n    #                   ^^^^^^^ warning gateway-api/unknown-gateway-class 💡 "No GatewayClass "internl" exists ("internal" exists)."\n${ours}`,
    { world: 'open' },
  );
});

test('a class of a controller that is not at hand is not judged', () => {
  check(unknownGatewayClass, gateway('acme'));
  check(unknownGatewayClass, gateway('acme') + ours, { world: 'open' });
  check(unknownGatewayClass, gateway('internal') + ours);
});

test('changes to the nearest class', () => {
  checkFix(unknownGatewayClass, gateway('it$0sio'), 'Change to "istio"', gateway('istio'));
});
