import type { Lens, LensPart } from '../../../rules/editor.js';
import { counted } from '../../kubernetes/editor.js';
import { POD_KINDS, podAnnotation, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { isConsulAnnotation, UPSTREAMS } from '../annotations.js';
import { protocolOf } from '../lookups.js';
import { ANY } from '../names.js';
import { injectsByDefault, isEnterprise } from '../settings.js';
import { upstreamsIn } from '../upstreams.js';
import { isInjected } from '../workloads.js';
import { sourcesFor } from './access.js';
import { siteOf } from './chain.js';
import { serviceOf } from './states.js';

/** One line above a resource: what it is to others. */
export const lenses: readonly Lens[] = [
  {
    kinds: ['ServiceResolver'],
    describe(_resource, { referrers }) {
      const parts = ['ServiceSplitter', 'ServiceRouter'].flatMap((kind): readonly LensPart[] => {
        const sites = referrers(kind);
        return sites.length === 0 ? [] : [{ group: 'references', text: `used by ${counted(sites.length, kind)}`, sites }];
      });
      return parts;
    },
  },
  {
    kinds: ['ServiceDefaults', 'ServiceRouter', 'ServiceSplitter'],
    describe({ name }, { look }) {
      if (name === '') return [];
      const { name: protocol, decidedBy } = look.get(protocolOf, name);
      return protocol === undefined ? [] : [{ group: 'references', text: protocol, sites: decidedBy ? [siteOf(decidedBy)] : [] }];
    },
  },
  {
    kinds: ['ServiceIntentions'],
    describe({ root }, { look }) {
      const destination = root.text('spec.destination.name') ?? '';
      if (destination === '') return [];
      const sources = look.get(sourcesFor, destination);
      const rest = sources.find((it) => it.source.name === ANY && it.source.peer === '');
      const allowed = sources.filter((it) => it.source.name !== ANY && (it.source.action === 'allow' || it.source.mayAllow));
      const byDefault = rest === undefined ? '' : rest.source.action === 'deny' ? 'default deny · ' : 'default allow · ';
      return [
        {
          group: 'callers',
          text: `${byDefault}${counted(allowed.length, 'caller')} allowed`,
          sites: sources.slice(0, 8).map((it) => siteOf(it.intention)),
        },
      ];
    },
  },
  {
    kinds: POD_KINDS,
    describe(resource, { look }) {
      const pods = podTemplateOf(resource);
      const concerns = pods?.annotations?.entries.some((it) => isConsulAnnotation(it.key)) ?? false;
      if (!pods || !concerns || !isInjected(pods, look.get(injectsByDefault))) return [];
      const service = serviceOf(pods, resource, look);
      const upstreams = upstreamsIn(podAnnotation(pods, UPSTREAMS) ?? '', look.get(isEnterprise));
      return [
        {
          group: 'workloads',
          text: ['proxy', service ?? 'no service', ...(upstreams.length === 0 ? [] : [counted(upstreams.length, 'upstream')])].join(' · '),
          sites: [],
        },
      ];
    },
  },
];
