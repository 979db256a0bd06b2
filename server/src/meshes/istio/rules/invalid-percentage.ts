import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import { isSet } from '../validation/values.js';

export const invalidPercentage = defineRule({
  id: 'istio/invalid-percentage',
  title: 'Share of requests outside of 0 to 100 percent',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Shares are percent. Faults have shares down to a ten-thousandth of a percent; anything finer is none.',
  remedy: 'Write a number from 0 to 100.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { outlierDetection: { maxEjectionPercent: 500 } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { outlierDetection: { maxEjectionPercent: 50 } }
`,
  },

  mentions: ['ercent'],
  kinds: ['VirtualService', 'DestinationRule'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const route of root.list('spec.http.*')) {
      for (const at of [...route.list('fault.abort.percentage.value'), ...route.list('fault.delay.percentage.value')]) {
        const share = at.number();
        if (share === undefined || share === 0) continue;
        if (share < 0 || share > 100)
          yield { at, message: `${share} is no share of requests; they are 0 to 100 percent.`, data: within(share) };
        else if (share < 0.0001)
          yield { at, message: `${share} percent is less than the smallest share, 0.0001.`, data: { write: 0.0001, preferred: false } };
      }
      const mirrors = [
        ...route.list('mirrorPercentage.value'),
        ...route.list('mirrors.*.percentage.value'),
        ...route.list('mirrorPercent'),
      ];
      for (const at of [...mirrors, ...route.list('fault.delay.percent')]) {
        const share = at.number();
        if (share !== undefined && (share < 0 || share > 100))
          yield { at, message: `${share} is no share of requests; they are 0 to 100 percent.`, data: within(share) };
      }
    }
    const policies = [root.get('spec.trafficPolicy'), ...root.list('spec.subsets.*.trafficPolicy')];
    for (const policy of policies.flatMap((it) => (it ? [it, ...it.list('portLevelSettings.*')] : []))) {
      const detection = policy.map('outlierDetection');
      for (const field of ['maxEjectionPercent', 'minHealthPercent']) {
        const at = detection?.get(field);
        const share = at?.number();
        if (detection && at && isSet(detection, field) && share !== undefined && (share < 0 || share > 100))
          yield { at, message: `${share} is no share of endpoints; they are 0 to 100 percent.`, data: within(share) };
      }
    }
  },

  fix: repairs,
});

/** The share that was passed over. */
function within(share: number): { readonly write: number; readonly preferred: false } {
  return { write: share < 0 ? 0 : 100, preferred: false };
}
