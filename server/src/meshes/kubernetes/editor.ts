import type { Definition } from '../../model/facts.js';
import { serviceHost } from '../../model/hosts.js';
import { namespaceKey, UNKNOWN_NAMESPACE, type Resource, type Site } from '../../model/resource.js';
import { selectorText } from '../../model/selectors.js';
import { defineHover, type Candidate, type CompletionContext, type EditorSupport, type OutlineItem } from '../../rules/editor.js';
import { clusterDomain } from '../../index/settings.js';
import type { Range } from '../../text/range.js';
import { namespaceNames, selectedWorkloads } from './lookups.js';
import {
  configMaps,
  namespaces,
  secrets,
  serviceAccounts,
  serviceAccountsIn,
  servicePorts,
  services,
  servicesIn,
  workloads,
  workloadsByLabel,
  workloadsOfAccount,
  type Workload,
} from './tables.js';

/** Where a part of a resource stands, as the one site that decides; none where the part is absent. */
export function siteAt({ id }: Resource, at: Range | undefined): readonly Site[] {
  return at ? [{ resource: id, range: { start: at.start, end: at.end } }] : [];
}

/** Where a resource's own annotation stands. */
export function annotationSite(resource: Resource, name: string): readonly Site[] {
  return siteAt(resource, resource.root.map('metadata.annotations')?.entry(name)?.value);
}

/** Names of namespaces that anything in the workspace is in, with the number of their workloads. */
export function* namespaceCandidates({ look, keysOf }: CompletionContext): Iterable<Candidate> {
  const names = new Set(look.get(namespaceNames, ''));
  for (const key of keysOf(servicesIn)) names.add(key);
  for (const key of keysOf(serviceAccountsIn)) names.add(key);
  for (const key of keysOf(workloadsByLabel)) if (key.endsWith('/') && key !== '*/') names.add(key.slice(0, -1));
  names.delete(UNKNOWN_NAMESPACE);
  for (const name of [...names].sort()) {
    const count = look.get(workloadsByLabel, `${name}/`).length;
    yield { label: name, detail: count === 0 ? 'no workload' : counted(count, 'workload'), rank: count === 0 ? 1 : 0, sort: 'namespace' };
  }
}

/** Labels that pods of a namespace carry (`*`: of any), the most specific first. */
export function* labelCandidates({ look, keysOf }: CompletionContext, namespace: string | undefined): Iterable<Candidate> {
  const place = namespace ?? '*';
  const found: { pair: string; count: number }[] = [];
  for (const key of keysOf(workloadsByLabel)) {
    if (!key.startsWith(`${place}/`) || !key.includes('=')) continue;
    found.push({ pair: key.slice(place.length + 1), count: look.get(workloadsByLabel, key).length });
  }
  found.sort((a, b) => a.count - b.count || (a.pair < b.pair ? -1 : 1));
  for (const { pair, count } of found) {
    const at = pair.indexOf('=');
    yield { label: `${pair.slice(0, at)}: ${pair.slice(at + 1)}`, detail: counted(count, 'workload'), rank: 0, sort: 'label' };
  }
}

/** Service accounts of a namespace, with what runs as them. */
function* accountCandidates({ look, resource }: CompletionContext): Iterable<Candidate> {
  const namespace = namespaceKey(resource.namespace);
  for (const { data } of look.get(serviceAccountsIn, namespace)) {
    const users = look.get(workloadsOfAccount, `${namespace}/${data.name}`);
    yield { label: data.name, ...(users.length > 0 ? { detail: workloadNames(users) } : {}), rank: 0, sort: 'name' };
  }
}

function* serviceCandidates({ look, resource }: CompletionContext): Iterable<Candidate> {
  for (const { data } of look.get(servicesIn, namespaceKey(resource.namespace)))
    yield { label: data.name, detail: 'Service', rank: 0, sort: 'host' };
}

const POD_SPECS = ['spec.template.spec', 'spec.jobTemplate.spec.template.spec', 'spec'];

export const editor: EditorSupport = {
  values: [
    { kinds: ['*'], paths: ['metadata.namespace'], complete: namespaceCandidates },
    {
      kinds: ['Service'],
      paths: ['spec.selector.*'],
      complete: (context) => labelCandidates(context, namespaceKey(context.resource.namespace)),
    },
    {
      kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Rollout', 'Pod'],
      paths: POD_SPECS.map((it) => `${it}.serviceAccountName`),
      complete: accountCandidates,
    },
    {
      kinds: ['Ingress'],
      paths: ['spec.defaultBackend.service.name', 'spec.rules.*.http.paths.*.backend.service.name'],
      complete: serviceCandidates,
    },
  ],
  definitions: [
    defineHover(services, ({ data }, { look, escape }) => {
      const pods = data.selector && look.get(selectedWorkloads, `${namespaceKey(data.namespace)}/${selectorText(data.selector)}`);
      const ports = data.ports.map((port) =>
        [port.number, escape(port.appProtocol ?? port.name ?? '')].filter((it) => it !== '').join(' '),
      );
      const behind = pods === undefined ? 'no selector' : pods.length === 0 ? 'no workload at hand' : podNames(pods);
      return {
        title: `Service ${escape(data.name)}`,
        ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
        lines: [
          `\`${serviceHost(data.name, data.namespace, look.get(clusterDomain, ''))}\``,
          [ports.length === 0 ? '' : `Ports ${ports.join(', ')}`, behind].filter((it) => it !== '').join(' · '),
        ],
      };
    }),
    defineHover(servicePorts, ({ data }, { escape }) => ({
      title: `Port ${data.number ?? ''}`,
      context: [data.name === undefined ? '' : escape(data.name), data.appProtocol === undefined ? '' : escape(data.appProtocol)]
        .filter((it) => it !== '')
        .join(' · '),
      lines:
        data.targetPort === undefined || data.targetPort === data.number ? [] : [`To port ${escape(String(data.targetPort))} of its pods`],
    })),
    defineHover(workloads, ({ data }, { escape }) => ({
      title: `${data.kind} ${escape(data.name)}`,
      ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
      lines: [
        [counted(data.replicas, 'pod'), `runs as \`${escape(data.serviceAccount)}\``].join(' · '),
        Object.keys(data.labels).length === 0 ? 'No labels' : `Labels ${escape(selectorText(data.labels).replaceAll(',', ', '))}`,
      ],
    })),
    defineHover(serviceAccounts, ({ data }, { look, escape, referrers }) => {
      const users = look.get(workloadsOfAccount, `${namespaceKey(data.namespace)}/${data.name}`);
      const policies = referrers('AuthorizationPolicy');
      return {
        title: `ServiceAccount ${escape(data.name)}`,
        ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
        lines: [
          [
            users.length === 0 ? 'Nothing at hand runs as it' : `Runs ${workloadNames(users)}`,
            policies === 0 ? '' : `named by ${counted(policies, 'AuthorizationPolicy', 'AuthorizationPolicies')}`,
          ]
            .filter((it) => it !== '')
            .join(' · '),
        ],
      };
    }),
    defineHover(secrets, ({ data }, { escape }) => ({
      title: `Secret ${escape(data.name)}`,
      ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
      // Names of keys only: contents of a Secret are shown nowhere.
      lines: [
        [
          data.generatedBy === undefined ? '' : `made by ${data.generatedBy}`,
          data.secretType === '' ? '' : `\`${escape(data.secretType)}\``,
          data.keys.length === 0 ? '' : `keys ${data.keys.map(escape).join(', ')}`,
        ]
          .filter((it) => it !== '')
          .join(' · '),
      ],
    })),
    defineHover(configMaps, ({ data }, { escape }) => ({
      title: `ConfigMap ${escape(data.name)}`,
      ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
      lines: [],
    })),
    defineHover(namespaces, ({ data }, { look, escape }) => ({
      title: `Namespace ${escape(data.name)}`,
      lines: [
        counted(look.get(workloadsByLabel, `${data.name}/`).length, 'workload') + ' at hand',
        ...(Object.keys(data.labels).length === 0 ? [] : [`Labels ${escape(selectorText(data.labels).replaceAll(',', ', '))}`]),
      ],
    })),
  ],
  fixedNames: [
    { table: namespaces, reason: 'Every resource of a namespace names it; move them one by one.' },
    { table: secrets, reason: 'Pods and controllers name Secrets in fields that Meshwright does not follow; rename this one by hand.' },
    { table: configMaps, reason: 'Pods name ConfigMaps in fields that Meshwright does not follow; rename this one by hand.' },
  ],
  outlines: [
    {
      kinds: ['Service'],
      items: ({ root }) => {
        const items: OutlineItem[] = [];
        const selector = root.map('spec.selector');
        if (selector) {
          const detail = selectorText(Object.fromEntries(selector.texts())).replaceAll(',', ', ');
          items.push({ name: 'selector', detail, sort: 'field', range: selector });
        }
        for (const port of root.list('spec.ports.*')) {
          const number = port.number('port');
          items.push({
            name: `port ${number ?? ''}`.trimEnd(),
            detail: port.text('name') ?? '',
            sort: 'port',
            range: port,
            selection: port.get('port') ?? port,
          });
        }
        return items;
      },
    },
    {
      kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Rollout', 'Pod'],
      items: ({ root }) => {
        const template = root.map('spec.template') ?? root;
        const items: OutlineItem[] = [];
        const labels = template.map('metadata.labels');
        if (labels)
          items.push({
            name: 'labels',
            detail: selectorText(Object.fromEntries(labels.texts())).replaceAll(',', ', '),
            sort: 'field',
            range: labels,
          });
        for (const container of template.list('spec.containers.*')) {
          items.push({
            name: `container ${container.text('name') ?? ''}`.trimEnd(),
            detail: container.text('image') ?? '',
            sort: 'field',
            range: container,
            selection: container.get('name') ?? container,
          });
        }
        return items;
      },
    },
  ],
};

/** `checkout-v1 (3 pods), checkout-v2 (1 pod)`. */
export function podNames(found: readonly Definition<Workload>[]): string {
  return listed(found.map(({ data }) => `${data.name} (${counted(data.replicas, 'pod')})`));
}

export function workloadNames(found: readonly Definition<Workload>[]): string {
  return listed(found.map(({ data }) => data.name));
}

/** Three names, and how many more there are. */
export function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
