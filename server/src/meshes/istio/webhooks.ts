import type { Definition } from '../../model/facts.js';
import type { Labels } from '../../model/selectors.js';
import { matches } from '../kubernetes/label-selectors.js';
import type { LabelSelector, WebhookFacts } from '../kubernetes/tables.js';

const REVISION = 'istio.io/rev';

/** Whether a webhook is one of Istio's: by its name, or because it is about revisions. */
export function isIstioWebhook({ name, labels, namespaceSelector, objectSelector }: WebhookFacts): boolean {
  return (
    name.endsWith('istio.io') || REVISION in labels || revisionsIn(namespaceSelector).length > 0 || revisionsIn(objectSelector).length > 0
  );
}

/** Webhooks that would take some of the same pods; which of the labels of namespaces and pods are tried: istio-analyze IST0139. */
export function overlaps(webhook: WebhookFacts, all: readonly Definition<WebhookFacts>[]): readonly Definition<WebhookFacts>[] {
  const istio = all.filter((it) => isIstioWebhook(it.data));
  const revisions = new Set(
    istio.flatMap(({ data }) =>
      [data.labels[REVISION] ?? [], revisionsIn(data.namespaceSelector), revisionsIn(data.objectSelector)].flat(),
    ),
  );
  const withRevision = (labels: readonly Labels[]): readonly Labels[] =>
    labels.flatMap((it) => [it, ...[...revisions].map((revision) => ({ ...it, [REVISION]: revision }))]);
  const namespaces = withRevision([{}, { 'istio-injection': 'enabled' }, { 'istio-injection': 'disabled' }]);
  const pods = withRevision([{}, { 'sidecar.istio.io/inject': 'true' }, { 'sidecar.istio.io/inject': 'false' }]);
  return istio.filter(
    ({ data }) =>
      (data.configuration !== webhook.configuration || data.name !== webhook.name) &&
      namespaces.some(
        (namespace) =>
          matches(webhook.namespaceSelector, namespace) &&
          matches(data.namespaceSelector, namespace) &&
          pods.some((pod) => matches(webhook.objectSelector, pod) && matches(data.objectSelector, pod)),
      ),
  );
}

function revisionsIn({ matchLabels, matchExpressions }: LabelSelector): readonly string[] {
  const label = matchLabels[REVISION];
  return [...(label === undefined ? [] : [label]), ...matchExpressions.filter((it) => it.key === REVISION).flatMap((it) => it.values)];
}
