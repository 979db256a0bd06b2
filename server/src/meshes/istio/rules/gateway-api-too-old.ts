import { defineRule } from '../../../rules/rule.js';
import { BUNDLE_VERSION } from '../../kubernetes/kinds/definitions.js';

/** First release whose CRD Istio can read, by the CRD's name. (istio-analyze IST0176) */
const MINIMUM: Readonly<Record<string, string>> = {
  'grpcroutes.gateway.networking.k8s.io': '1.1.0',
  'backendtlspolicies.gateway.networking.k8s.io': '1.4.0',
  'tlsroutes.gateway.networking.k8s.io': '1.5.0',
  'tcproutes.gateway.networking.k8s.io': '1.6.0',
};

export const gatewayApiTooOld = defineRule({
  id: 'istio/gateway-api-too-old',
  title: 'A CRD of the Gateway API is older than Istio reads',
  severity: 'warning',
  category: 'semantics',
  unseen: 'hint',
  peers: ['IST0176'],
  effect: 'Istio does not see resources of this kind.',
  why: 'Istio watches some kinds of the Gateway API only in the version in which they became stable. Where the installed CRD is older, their resources are passed over in silence.',
  remedy: 'Install the CRDs of a newer release of the Gateway API.',
  example: {
    bad: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tcproutes.gateway.networking.k8s.io
  annotations: { gateway.networking.k8s.io/bundle-version: v1.4.0 }
`,
    good: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tcproutes.gateway.networking.k8s.io
  annotations: { gateway.networking.k8s.io/bundle-version: v1.6.1 }
`,
  },

  kinds: ['CustomResourceDefinition'],
  reads: {},

  *check({ resource }) {
    const least = Object.hasOwn(MINIMUM, resource.name) ? MINIMUM[resource.name] : undefined;
    const at = resource.root.map('metadata.annotations')?.entry(BUNDLE_VERSION)?.value;
    const installed = at?.text();
    if (least === undefined || at === undefined || installed === undefined || !isOlder(installed, least)) return;
    const plural = resource.name.slice(0, resource.name.indexOf('.'));
    // Whether it is Istio that reads this kind in the cluster, a CRD does not tell.
    yield { at, certainty: 'unseen', message: `This CRD is of Gateway API ${installed}, and Istio reads ${plural} from ${least} on.` };
  },
});

/** Whether a version is older than another one; pre-release parts do not count, and what is no version is not older. */
function isOlder(version: string, than: string): boolean {
  const [one, two] = [numbersOf(version), numbersOf(than)];
  if (!one || !two) return false;
  const at = one.findIndex((number, i) => number !== two[i]);
  return at >= 0 && one[at]! < two[at]!;
}

function numbersOf(version: string): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version);
  return match ? match.slice(1).map(Number) : undefined;
}
