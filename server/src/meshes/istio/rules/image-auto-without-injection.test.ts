import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { imageAutoWithoutInjection } from './image-auto-without-injection.js';

const gateway = (mark: string, labels = '') => `
    kind: Deployment
    metadata: { name: gateway, namespace: ingress }
    spec:
      template:
        metadata: { labels: { app: gateway${labels} } }
        spec:
          containers:
          - name: istio-proxy
            image: auto
    #              ${mark}`;

test('reports an image that nothing replaces', () => {
  check(
    imageAutoWithoutInjection,
    `${gateway('^^^^ warning istio/image-auto-without-injection')}
    ---
    kind: Namespace
    metadata: { name: ingress }`,
    { world: 'open' },
  );
  check(imageAutoWithoutInjection, gateway('^^^^ warning istio/image-auto-without-injection'));
});

test('an injected pod gets its image; a Namespace elsewhere may be injected', () => {
  check(imageAutoWithoutInjection, gateway('', ', sidecar.istio.io/inject: "true"'));
  check(imageAutoWithoutInjection, gateway(''), { world: 'open' });
});

test('reports a running pod whose image was never replaced', () => {
  check(
    imageAutoWithoutInjection,
    `
    kind: Pod
    metadata: { name: gateway, namespace: ingress, uid: x, labels: { sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
    #                                                ^^^^ error istio/image-auto-without-injection
    `,
    { world: 'open' },
  );
});
