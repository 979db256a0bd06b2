import type { KindExtension } from '../../rules/module.js';
import { annotationSitesIn } from '../kubernetes/annotation-sites.js';
import { QUALIFIED_POD_KINDS } from '../kubernetes/pod-templates.js';
import { podPoolNamed } from './lookups.js';

const POOL_ANNOTATIONS: readonly string[] = ['ipam.cilium.io/ip-pool', 'ipam.cilium.io/ipv4-pool', 'ipam.cilium.io/ipv6-pool'];

/** What annotations of pods and namespaces name. */
export const extensions: readonly KindExtension[] = [
  {
    kinds: ['/Namespace', ...QUALIFIED_POD_KINDS],
    mentions: ['cilium'],
    extract(resource, emit) {
      for (const { value } of annotationSitesIn(resource, (name) => POOL_ANNOTATIONS.includes(name))) {
        const name = value.text();
        if (name !== undefined && name !== '') emit.refer(podPoolNamed, name, value);
      }
    },
  },
];
