import { namespaceKey } from '../../../model/resource.js';
import { shortPath } from '../../../text/uri.js';
import { isLabel } from '../validation/names.js';
import { defineRule, type Evidence } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { serviceAccounts } from '../../kubernetes/tables.js';
import { principalsOf, serviceAccountsOf } from '../authorization.js';
import { accountKey } from '../hosts.js';
import { accountExists, accountNames, someAccountIsCalled, accountsInView, namespaceExists, namespacesOfAccount } from '../identities.js';
import { meshConfig, saysTrustDomain } from '../mesh-config.js';
import { splitKey } from '../../kubernetes/lookups.js';
import { authorizationPolicies } from '../tables.js';

export const unknownPrincipal = defineRule({
  id: 'istio/unknown-principal',
  title: 'Policy names a principal whose ServiceAccount does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA0106'],
  effect: 'This rule never matches its caller.',
  why: 'The principal of a caller is made of the namespace and the ServiceAccount of its pod. Nothing can run as an account that does not exist, so an ALLOW rule for it admits nobody, and a DENY rule stops nobody.',
  remedy: 'Correct the name of the account or of its namespace.',
  otherTools: 'Kiali counts only accounts that pods run as; here a declared ServiceAccount is enough, and every namespace has "default".',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from:
    - source:
        principals: [cluster.local/ns/shop/sa/storefrnot]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: storefront, namespace: shop }
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - from:
    - source:
        principals: [cluster.local/ns/shop/sa/storefront]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: storefront, namespace: shop }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {
    meshConfig,
    accountExists,
    accountNames,
    someAccountIsCalled,
    accountsInView,
    namespaceExists,
    namespacesOfAccount,
    serviceAccounts,
  },

  *check({ resource, read, stated }) {
    const { trustDomain, trustDomainAliases, rootNamespace } = read.meshConfig();
    const isOwnDomain = (domain: string): boolean => domain === trustDomain || trustDomainAliases.includes(domain);
    const isKnownDomain = (domain: string): boolean =>
      // Istio takes "cluster.local" for the mesh's own trust domain, whatever that is called.
      domain.startsWith('*') || domain === 'cluster.local' || isOwnDomain(domain);

    const exists = ({ namespace, account }: { readonly namespace: string; readonly account: string }): boolean =>
      read.accountExists(`${namespace}/${account}`);
    const accountIn = (written: string): { readonly namespace: string; readonly account: string } => {
      const { namespace, name } = splitKey(accountKey(written, resource.namespace));
      return { namespace, account: name };
    };
    const isPlain = (principal: string): boolean => {
      const identity = principal.includes('*') ? undefined : identityIn(principal);
      return identity !== undefined && isKnownDomain(identity.domain) && exists(identity);
    };
    const own = stated(authorizationPolicies)?.data;
    const accounts = own?.callers.flatMap((it) => it.serviceAccounts ?? []) ?? [];
    if (own?.namesMore === false && own.principals.every(isPlain) && accounts.every((it) => !it.includes('*') && exists(accountIn(it))))
      return;

    const principals = principalsOf(resource.root);
    const named = [
      ...principals.flatMap((it) => {
        const identity = identityIn(it.node.text() ?? '');
        return identity && isKnownDomain(identity.domain) ? [{ ...it, identity, isPrincipal: true }] : [];
      }),
      ...serviceAccountsOf(resource.root).flatMap((it) => {
        const written = it.node.text();
        if (written === undefined || written.includes('*') || written === '') return [];
        return [{ ...it, identity: { domain: '', ...accountIn(written) }, isPrincipal: false }];
      }),
    ];
    for (const { node, negated, condition } of principals) {
      const written = node.text();
      // What has a scheme is the business of istio/principal-with-scheme.
      if (written === undefined || written === '' || /:\/\/|\{\{/.test(written)) continue;
      if (written.includes('*')) {
        const [domain, namespace, account] = patternIn(written);
        const isForeign = domain !== undefined && !domain.includes('*') && !isKnownDomain(domain);
        // Istio reads a star at one of the ends; behind other text it is a letter, which no identity has.
        const isLetter = /^[^*]+\*./.test(written);
        const isNobody =
          isLetter ||
          (written.startsWith('*') &&
            namespace === undefined &&
            account !== undefined &&
            !read.someAccountIsCalled(account) &&
            (read.accountsInView(rootNamespace) !== 'external' || !account.startsWith('istio')));
        if (!isForeign && !isNobody) continue;
        yield {
          at: node,
          certainty: isLetter ? 'proven' : isForeign && saysTrustDomain(read.meshConfig()) ? 'owned' : 'unseen',
          // Kiali takes every star of a pattern for anything.
          peers: !negated && !condition && !(isLetter && written.endsWith('*')) ? ['KIA0106'] : [],
          message: isForeign
            ? `Trust domain "${domain}" of "${written}" is not this mesh's, which is "${trustDomain}".`
            : isLetter
              ? `"${written}" has a "*" in the middle, where it stands for itself.`
              : `No ServiceAccount in this workspace matches "${written}".`,
          ...(negated && { effect: 'This exception never applies.' }),
        };
        continue;
      }
      if (/^[^/]+\/ns\//.test(written)) continue;
      yield {
        at: node,
        peers: !negated && !condition ? ['KIA0106'] : [],
        message: `"${written}" is no principal; one is written "${trustDomain}/ns/NAMESPACE/sa/ACCOUNT".`,
        ...(negated && { effect: 'This exception never applies.' }),
      };
    }
    for (const { node, negated, condition, identity, isPrincipal } of named) {
      const { namespace, account } = identity;
      if (account.endsWith('*')) {
        const prefix = account.slice(0, -1);
        if (read.accountNames(namespace).some((it) => it.startsWith(prefix))) continue;
        if ('default'.startsWith(prefix) && read.namespaceExists(namespace)) continue;
      } else if (exists(identity)) continue;
      const view = read.accountsInView(namespace);
      if (view === 'external') continue;

      const near = account.endsWith('*') ? undefined : nearMiss(account, read.accountNames(namespace), read.namespacesOfAccount(account));
      const target = near && { namespace: near.namespace ?? namespace, account: near.account ?? account };
      const related: Evidence[] = target
        ? read
            .serviceAccounts(`${target.namespace}/${target.account}`)
            .map((it) => ({ at: it, message: `ServiceAccount "${target.account}" of "${target.namespace}" is defined here` }))
        : [];
      const place = namespace === namespaceKey(undefined) ? 'this namespace' : `"${namespace}"`;
      const hint = near && ` (${near.namespace === undefined ? `"${near.account}"` : `"${near.namespace}/${account}"`} exists)`;
      yield {
        at: node,
        certainty: near ? 'near' : view,
        // Where the mesh has a trust domain of its own, Kiali calls "cluster.local" foreign, and looks no further.
        peers:
          isPrincipal && !negated && !condition && (identity.domain !== 'cluster.local' || isOwnDomain('cluster.local')) ? ['KIA0106'] : [],
        message: near
          ? `No ServiceAccount "${account}" exists in ${place}${hint}.`
          : account.endsWith('*')
            ? `No ServiceAccount of ${place} in this workspace matches "${account}".`
            : `No ServiceAccount "${account}" of ${place} is in this workspace.`,
        ...(negated && { effect: 'This exception never applies.' }),
        related,
        ...(target && { data: { from: `${namespace}|${account}`, to: `${target.namespace}|${target.account}` } }),
        ...(!target &&
          !account.endsWith('*') &&
          namespace !== namespaceKey(undefined) &&
          isLabel(namespace) &&
          isLabel(account) && { data: { create: `${namespace}|${account}` } }),
      };
    }
  },

  fix({ resource, problem, text, read, other }) {
    const data = problem.data as { from: string; to: string } | { create: string } | undefined;
    if (data !== undefined && 'create' in data) {
      const [namespace, account] = data.create.split('|') as [string, string];
      // Beside the other accounts of the namespace, where there are some at hand.
      const beside = read.accountNames(namespace).flatMap((it) => read.serviceAccounts(`${namespace}/${it}`))[0]?.resource;
      const file = beside === undefined ? undefined : other(beside)?.file;
      const appendDocument = `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${account}\n  namespace: ${namespace}\n`;
      return [
        {
          title: `Create ServiceAccount "${namespace}/${account}"${file === undefined || file === resource.uri ? '' : ` (${shortPath(file)})`}`,
          edits: [{ ...(beside !== undefined && { resource: beside }), appendDocument }],
        },
      ];
    }
    const change = data;
    const node = [...principalsOf(resource.root), ...serviceAccountsOf(resource.root)].find(
      (it) => it.node.start === problem.at.start,
    )?.node;
    const written = node?.text();
    if (change === undefined || node === undefined || written === undefined) return [];
    const [namespace, account] = change.to.split('|') as [string, string];
    const identity = identityIn(written);
    const corrected = identity
      ? `${identity.domain}/ns/${namespace}/sa/${account}`
      : written.includes('/')
        ? `${namespace}/${account}`
        : account;
    // Grants access to somebody, so it is never the preferred one.
    return corrected === written ? [] : [{ title: `Change to "${corrected}"`, edits: [replaceValue(text, node, corrected)] }];
  },
});

/** Parts of a principal; the domain may be `*`, the account may end with one. Undefined for patterns that name no one namespace. */
function identityIn(principal: string): { domain: string; namespace: string; account: string } | undefined {
  const match = /^(\*?[^/*]*)\/ns\/([^/*]+)\/(?:sa\/([^/*]*\*?)|\*)$/.exec(principal);
  return match ? { domain: match[1]!, namespace: match[2]!, account: match[3] ?? '*' } : undefined;
}

/** Trust domain, namespace and account of a pattern, as far as it spells them out: the whole part between two slashes, or up to its end. */
function patternIn(pattern: string): readonly [string | undefined, string | undefined, string | undefined] {
  if (pattern.startsWith('*')) {
    const [, namespace, account] = /^\*(?:.*\/ns\/([^/*]+))?(?:\/?sa)?\/([^/*]+)$/.exec(pattern) ?? [];
    return ['*', namespace, account];
  }
  return [/^([^/]+)\//.exec(pattern)?.[1], undefined, undefined];
}

/** The account that was meant: one of nearly this name in the namespace, or one of exactly this name in another. */
function nearMiss(
  account: string,
  here: readonly string[],
  elsewhere: readonly string[],
): { account?: string; namespace?: string } | undefined {
  const name = nearest(account, here);
  if (name !== undefined) return { account: name };
  return elsewhere.length === 1 ? { namespace: elsewhere[0]! } : undefined;
}
