import { insertEntry } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { placeOfAbsent } from '../places.js';
import { isSet, isWhole, lacksItems, placeOfKey } from '../validation/values.js';

export const routeWithoutAction = defineRule({
  id: 'istio/route-without-action',
  title: 'Route that does nothing with the requests it takes',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A route has to say what becomes of its requests. Istio refuses a VirtualService in which one does not, and one without any route.',
  remedy: 'Add a "route" with a destination, or for HTTP a "redirect", "directResponse" or "delegate".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - name: default
    timeout: 5s
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - name: default
    redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const spec = root.map('spec');
    if (!isWhole(resource) || !spec) return;
    if (['http', 'tcp', 'tls'].every((it) => lacksItems(resource, spec, it)))
      yield {
        at: placeOfAbsent(resource, 'spec'),
        message: 'This VirtualService has no routes.',
      };
    for (const route of root.list('spec.http.*')) {
      if (isSet(route, 'delegate') || isSet(route, 'redirect') || isSet(route, 'directResponse')) continue;
      if (lacksItems(resource, route, 'route'))
        yield {
          at: placeOfKey(root, route, 'route'),
          message: 'This HTTP route has no destination, redirect, direct response or delegate.',
          data: 'http',
        };
    }
    for (const field of ['tcp', 'tls']) {
      for (const route of root.list(`spec.${field}.*`)) {
        if (lacksItems(resource, route, 'route'))
          yield { at: placeOfKey(root, route, 'route'), message: `This ${field.toUpperCase()} route has no destination.` };
      }
    }
  },

  fix({ resource, problem, text }) {
    const [host, ...more] = resource.root.list('spec.hosts.*').map((it) => it.text() ?? '');
    // A name of the cluster is a Service, which may well be where its own requests go.
    if (
      problem.data !== 'http' ||
      host === undefined ||
      more.length > 0 ||
      !/^[a-z0-9-]+(?:\.[a-z0-9-]+\.svc\.cluster\.local)?$/.test(host)
    )
      return [];
    const route = resource.root
      .list('spec.http.*')
      .filter((it) => it.start <= problem.at.start && problem.at.end <= it.end && !it.has('route'))[0];
    if (route?.type !== 'map' || route.entry('route')) return [];
    return [{ title: `Route to "${host}"`, edits: [insertEntry(text, route, 'route', `- destination:\n    host: ${host}`)] }];
  },
});
