import { defineHover, type DefinitionHover, type FieldHover } from '../../rules/editor.js';
import { counted } from '../kubernetes/editor.js';
import { POD_KINDS, podTemplateOf } from '../kubernetes/pod-templates.js';
import { services } from '../kubernetes/tables.js';
import type { Resource } from '../../model/resource.js';
import type { StateLine } from '../../rules/editor.js';
import { annotationNamed, isConsulAnnotation } from './annotations.js';
import { accessLines } from './effective/access.js';
import { chainLines } from './effective/chain.js';
import { concernsConsul, protocolOf } from './lookups.js';
import { ANY } from './names.js';
import { filters, jwtProviders, peers, serviceNames, subsets } from './tables.js';

/** What Consul adds to the hover of a service, where it has something to say. */
export const definitions: readonly DefinitionHover<never>[] = [
  defineHover(services, ({ data }, { look, escape }) => {
    const isKnown = look.get(concernsConsul, data.name);
    return {
      title: `Service ${escape(data.name)}`,
      lines: isKnown ? [`Consul: ${textOf([...chainLines(data.name, look), ...accessLines(data.name, look)], escape)}`] : [],
    };
  }),
  defineHover(serviceNames, ({ data }, { look, escape }) => ({
    title: `${data.by === 'workload' ? 'Service' : data.by} ${escape(data.name)}`,
    lines: [textOf([...chainLines(data.name, look), ...accessLines(data.name, look)], escape)],
  })),
  defineHover(subsets, ({ data }, { escape, referrers }) => {
    const users = ['ServiceSplitter', 'ServiceRouter'].flatMap((kind) => {
      const count = referrers(kind);
      return count === 0 ? [] : [counted(count, kind)];
    });
    return {
      title: `Subset ${escape(data.name)}`,
      context: `of ${escape(data.service)}`,
      lines: [
        `${data.filter === '' ? 'All instances' : `\`${escape(data.filter)}\``}${data.onlyPassing ? ', passing ones only' : ''}`,
        users.length === 0 ? 'Nothing sends traffic to it' : `Used by ${users.join(' and ')}`,
      ],
    };
  }),
  defineHover(jwtProviders, ({ data }, { escape }) => ({ title: `JWTProvider ${escape(data.name)}`, lines: [] })),
  defineHover(peers, ({ data }, { escape }) => ({
    title: `Peer ${escape(data.name)}`,
    context: escape(data.kind),
    lines: [data.kind === 'PeeringAcceptor' ? 'This cluster makes the token' : 'This cluster was given the token'],
  })),
  defineHover(filters, ({ data }, { escape, referrers }) => ({
    title: `${data.kind} ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [`Used by ${counted(referrers('HTTPRoute'), 'HTTPRoute')}`],
  })),
];

function textOf(lines: readonly StateLine[], escape: (text: string) => string): string {
  return lines
    .slice(0, 5)
    .map((it) => `${it.topic} ${escape(it.text)}`)
    .join(' · ');
}

const ANNOTATED = [...POD_KINDS, 'Service', 'Namespace'];

/** What an annotation does, and what comes of a subset or a name that stands for every one. */
export const fields: readonly FieldHover[] = [
  {
    kinds: ANNOTATED,
    paths: ['metadata.annotations.*', 'spec.template.metadata.annotations.*', 'spec.jobTemplate.spec.template.metadata.annotations.*'],
    describe(resource, node) {
      const name = annotationOf(resource, node.start);
      const facts = name === undefined ? undefined : annotationNamed(name);
      if (name === undefined || facts === undefined) return [];
      return [
        [
          `**${name.slice(name.indexOf('/') + 1)}**`,
          facts.values?.join(' or ') ?? facts.type,
          facts.byDefault === undefined ? 'not set by default' : `default ${facts.byDefault}`,
        ].join(' · '),
        facts.docs,
      ];
    },
  },
  {
    kinds: ['ServiceRouter', 'ServiceSplitter', 'ServiceResolver'],
    paths: ['spec.routes.*.destination.service', 'spec.splits.*.service', 'spec.redirect.service', 'spec.failover.*.targets.*.service'],
    describe(_resource, node, { look, escape }) {
      const name = node.text();
      return name === undefined || name === '' ? [] : [textOf([...chainLines(name, look), ...accessLines(name, look)], escape)];
    },
  },
  {
    kinds: ['ServiceIntentions'],
    paths: ['spec.destination.name'],
    describe: (_resource, node, { look, escape }) => (node.text() === ANY ? [textOf(accessLines(ANY, look), escape)] : []),
  },
  {
    kinds: ['ServiceRouter', 'ServiceSplitter', 'ServiceResolver', 'ServiceDefaults'],
    paths: ['metadata.name'],
    describe(resource, _node, { look, escape }) {
      const { decidedBy } = look.get(protocolOf, resource.name);
      return decidedBy === undefined && resource.name === ''
        ? []
        : [textOf([...chainLines(resource.name, look), ...accessLines(resource.name, look)], escape)];
    },
  },
];

/** Name of the annotation that has its value at an offset. */
function annotationOf(resource: Resource, start: number): string | undefined {
  const maps = [resource.root.map('metadata.annotations'), podTemplateOf(resource)?.annotations].flatMap((it) => it ?? []);
  return maps.flatMap((it) => it.entries).find((it) => it.value.start === start && isConsulAnnotation(it.key))?.key;
}
