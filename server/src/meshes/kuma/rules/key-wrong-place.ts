import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { controlPlane } from '../control-plane.js';
import { actsOn, isRemoved, KEYED_KINDS, keyFacts, keySites, type KeyFacts, type KeySite } from '../keys.js';
import { moveKey } from '../move-key.js';
import { INJECTION_LABEL, MESH_LABEL } from '../names.js';

export const keyWrongPlace = defineRule({
  id: 'kuma/key-wrong-place',
  title: 'Label or annotation of Kuma where it has no effect',
  severity: 'warning',
  category: 'semantics',
  effect: 'Kuma does not read it here.',
  why: 'Kuma reads each of its keys on certain kinds, as a label or as an annotation: what sidecars are told, on pods; what policies belong to, on policies.',
  remedy: 'Move it to where Kuma reads it: for pods, to the pod template of their workload.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { kuma.io/container-patches: more-memory } }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, annotations: { kuma.io/container-patches: more-memory } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: KEYED_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    for (const site of keySites(resource)) {
      const facts = keyFacts(site.name);
      if (facts === undefined || actsOn(facts, site) || isRemoved(facts, read.controlPlane().version) || isToldElsewhere(site)) continue;
      const kind = site.carrier === 'Pod' ? 'pods' : `a ${site.carrier}`;
      const asOther = actsOn(facts, { carrier: site.carrier, field: site.field === 'labels' ? 'annotations' : 'labels' });
      yield {
        at: site.keyRange,
        message: asOther
          ? `"${site.name}" is ${facts.as === 'label' ? 'a label' : 'an annotation'}, and stands among the ${site.field}.`
          : `"${site.name}" has no effect on ${kind}; Kuma reads it on ${placesOf(facts)}.`,
        data: { asOther },
      };
    }
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.keyRange.start === problem.at.start);
    return site === undefined || !(problem.data as { asOther: boolean }).asOther ? [] : moveKey(text, site);
  },
});

/** Rules of their own tell of annotations that ask for injection or name a mesh, and of what is refused on pods. */
function isToldElsewhere({ name, field, carrier }: KeySite): boolean {
  if (name === INJECTION_LABEL) return field === 'annotations' && ['Namespace', 'Pod'].includes(carrier);
  if (name === MESH_LABEL) return field === 'annotations' && ['Namespace', 'Pod', 'Service', 'MeshGatewayInstance'].includes(carrier);
  return name === 'kuma.io/workload' && field === 'labels' && carrier === 'Pod';
}

function placesOf({ on, as }: KeyFacts): string {
  const groups: Readonly<Record<string, string>> = { policies: 'policies', resources: "resources of Kuma's", Pod: 'pods' };
  const words = on.filter((it) => it in groups).map((it) => groups[it]!);
  const kinds = on.filter((it) => !(it in groups));
  const places = [...words, ...(kinds.length === 0 ? [] : [quotedList(kinds)])];
  return `${places.join(', ')}, as ${as === 'label' ? 'a label' : as === 'annotation' ? 'an annotation' : 'a label or an annotation'}`;
}
