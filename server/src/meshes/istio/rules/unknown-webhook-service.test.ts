import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownWebhookService } from './unknown-webhook-service.js';

const webhook = (mark: string) => `
    kind: MutatingWebhookConfiguration
    metadata: { name: old }
    webhooks:
    - name: sidecar-injector.istio.io
      clientConfig: { service: { namespace: istio-system, name: istiod } }
    ${mark}`;
const service = (name: string) => `
    ---
    kind: Service
    metadata: { name: ${name}, namespace: istio-system }`;

test('reports a Service that is gone', () => {
  const mark = '#                                                           ^^^^^^ warning istio/unknown-webhook-service';
  check(unknownWebhookService, webhook(mark) + service('other'), { world: 'open' });
  check(unknownWebhookService, webhook(''), { world: 'open' });
  check(unknownWebhookService, webhook('') + service('istiod'));
});
