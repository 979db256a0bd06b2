import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { holds, keyAt, keyOf, lacks, placeOf, present, specOf, valueOf } from '../fields.js';
import { ANY, REFUSED } from '../names.js';

const PLACES = ['peer', 'partition', 'samenessGroup'] as const;

export const exportedServicesInvalid = defineRule({
  id: 'consul/exported-services-invalid',
  title: 'Export to nobody, or to two places at once',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'An export names services, and for each one who gets it: a peer, a partition or a sameness group, one for each consumer and none as a wildcard.',
  remedy: 'Name one peer, partition or sameness group for each consumer.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ExportedServices
metadata: { name: default, namespace: shop }
spec:
  services:
  - { name: web }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ExportedServices
metadata: { name: default, namespace: shop }
spec:
  services:
  - { name: web, consumers: [{ samenessGroup: all }] }
`,
  },

  kinds: ['ExportedServices'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (resource.partial || spec?.partial === true) return;
    if (!spec || !holds(spec, 'services')) yield { at: keyAt(resource, 'spec.services'), message: 'No service is exported.' };
    for (const service of resource.root.list('spec.services.*')) {
      if (service.type === 'map' && lacks(resource, service, 'consumers'))
        yield { at: valueOf(service, 'name'), message: 'This service is exported to nobody.' };
      for (const consumer of service.list('consumers.*')) {
        if (consumer.type !== 'map' || consumer.partial) continue;
        const places = present(consumer, PLACES);
        if (places.length !== 1)
          yield {
            at: places.length > 1 ? keyOf(consumer, places[1]!) : placeOf(consumer),
            message: `A consumer is one of ${quotedList(PLACES)}; this has ${places.length === 0 ? 'none' : quotedList(places)}.`,
          };
        for (const place of places)
          if (consumer.text(place) === ANY) yield { at: consumer.get(place)!, message: `"${place}" takes no wildcard.` };
      }
    }
  },
});
