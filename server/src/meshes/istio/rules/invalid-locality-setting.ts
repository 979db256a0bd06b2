import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import { insertEntry } from '../../../yaml/edit.js';
import type { YamlMap } from '../../../yaml/node.js';
import { isOpen } from '../kinds/shared.js';
import { trafficPolicies } from '../validation/policies.js';
import { repairs, type Repair } from '../validation/repairs.js';
import { isSet, isSurelySet, knownEntries, lacks, quoted, writtenText } from '../validation/values.js';

/** Priorities that failover by region sets itself. */
const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

export const invalidLocalitySetting = defineRule({
  id: 'istio/invalid-locality-setting',
  title: 'Locality setting that contradicts itself',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A locality is "region/zone/subzone", cut short or ended by "*". Traffic is distributed by shares that add up to 100, or fails over from one region to another, which needs outlier detection to notice that something has failed.',
  remedy: 'Correct the localities or their shares.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy:
    outlierDetection: { consecutive5xxErrors: 5 }
    loadBalancer: { localityLbSetting: { failover: [{ from: us, to: us }] } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy:
    outlierDetection: { consecutive5xxErrors: 5 }
    loadBalancer: { localityLbSetting: { failover: [{ from: us, to: eu }] } }
`,
  },

  mentions: ['LbSetting'],
  kinds: ['DestinationRule'],
  reads: {},

  *check({ resource }) {
    for (const { policy } of trafficPolicies(resource.root)) {
      for (const field of ['localityLbSetting', 'zoneAwareLbSetting']) {
        const setting = policy.map(`loadBalancer.${field}`);
        if (!setting) continue;
        const problems = [...settingProblems(setting, field === 'zoneAwareLbSetting')];
        yield* problems;
        if (problems.length > 0) continue;
        const failover = ['failover', 'failoverPriority'].find((it) => isSet(setting, it));
        // In mesh-wide rules and patches it may stand elsewhere.
        if (failover !== undefined && lacks(resource, policy, 'outlierDetection') && !isOpen(resource))
          yield {
            at: setting.entry(failover)!.keyRange,
            severity: 'warning',
            peers: ['IST0133'],
            message: `"${failover}" needs "outlierDetection", which this policy does not have.`,
            effect: 'Traffic never fails over.',
            data: { failover },
          };
      }
    }
  },

  fix(context) {
    const { resource, problem, text } = context;
    const { failover } = (problem.data ?? {}) as { failover?: string };
    if (failover === undefined) return repairs(context);
    for (const { policy } of trafficPolicies(resource.root)) {
      const settings = ['localityLbSetting', 'zoneAwareLbSetting'].map((it) => policy.map(`loadBalancer.${it}`));
      if (!settings.some((it) => it?.entry(failover)?.keyRange.start === problem.at.start)) continue;
      // What Istio counts where nothing is said.
      const detection = 'consecutive5xxErrors: 5\ninterval: 10s\nbaseEjectionTime: 30s';
      return [{ title: 'Add outlierDetection', edits: [insertEntry(text, policy, 'outlierDetection', detection)] }];
    }
    return [];
  },
});

function* settingProblems(setting: YamlMap, ofZones: boolean): Generator<Problem> {
  const failover = setting.entry('failover');
  if (failover && isSurelySet(setting, 'failover') && isSurelySet(setting, 'distribute')) {
    yield {
      at: failover.keyRange,
      message: 'Traffic is distributed or fails over: "distribute" or "failover", not both.',
      data: [{ remove: 'failover' }, { removeBeside: 'distribute', of: 'failover' }] satisfies readonly Repair[],
    };
    return;
  }
  const clash = setting.list('failoverPriority.*').find((it) => TOPOLOGY.includes(it.text() ?? ''));
  if (clash && (ofZones || isSurelySet(setting, 'failover'))) {
    const setter = ofZones ? '"zoneAwareLbSetting" sets itself; leave it out' : '"failover" sets itself; use one of the two';
    yield { at: clash, message: `This priority is what ${setter}.` };
    return;
  }
  yield* distributionProblems(setting);
  for (const entry of setting.list('failover.*')) {
    const from = writtenText(entry, 'from');
    const to = writtenText(entry, 'to');
    if (from !== undefined && from === to) yield { at: entry.get('to')!, message: `${quoted(from)} fails over to itself.` };
    for (const at of [entry.get('from'), entry.get('to')]) {
      const region = writtenText(at);
      if (at && region !== undefined && /[/*]/.test(region))
        yield {
          at,
          message: `${quoted(region)} is no region; failover goes by regions only.`,
          ...(/^[^/*]+[/*]/.test(region) && { data: { write: region.replace(/[/*].*$/, ''), preferred: false } }),
        };
    }
  }
}

function* distributionProblems(setting: YamlMap): Generator<Problem> {
  for (const entry of setting.list('distribute.*')) {
    const to = entry.map('to');
    if (!to || to.partial) continue;
    const shares = to.entries.map((it) => it.value.number());
    const wrong = to.entries.find((it) => it.value.number() !== undefined && (it.value.number()! < 1 || it.value.number()! > 100));
    if (wrong) {
      yield { at: wrong.value, message: `${wrong.value.number()} is no share of traffic; they are 1 to 100 percent.` };
      return;
    }
    if (shares.every((it) => it !== undefined)) {
      const sum = shares.reduce<number>((all, it) => all + it, 0);
      if (sum !== 100) {
        yield { at: entry.type === 'map' ? entry.entry('to')!.keyRange : to, message: `The shares add up to ${sum}, not to 100.` };
        return;
      }
    }
    yield* localityProblems(knownEntries(to).map((it) => ({ locality: it.key, at: it.keyRange })));
  }
  yield* localityProblems(
    setting.list('distribute.*.from').flatMap((at) => {
      const locality = writtenText(at);
      return locality === undefined ? [] : [{ locality, at }];
    }),
  );
}

function* localityProblems(localities: readonly { readonly locality: string; readonly at: Range }[]): Generator<Problem> {
  const seen: { readonly locality: string; readonly at: Range }[] = [];
  for (const { locality, at } of localities) {
    const parts = locality.split('/');
    const star = parts.findIndex((it) => it.includes('*'));
    const other = seen.find((it) => coversLocality(it.locality, locality) || coversLocality(locality, it.locality));
    if (parts.includes('') || parts.length > 3) yield { at, message: `${quoted(locality)} is no "region/zone/subzone".` };
    else if (star >= 0 && star < parts.length - 1) yield { at, message: `In ${quoted(locality)} the star is not at the end.` };
    else if (other)
      yield {
        at,
        message:
          other.locality === locality ? `${quoted(locality)} is here twice.` : `${quoted(locality)} and ${quoted(other.locality)} overlap.`,
        related: [{ at: other.at, message: 'the other one is here' }],
      };
    else seen.push({ locality, at });
  }
}

/** A locality covers all below it, and with a star at its end all beside it, too. */
function coversLocality(wide: string, narrow: string): boolean {
  const front = wide.replace(/\/?\*$/, '');
  return front === '' || narrow === wide || narrow === front || narrow.startsWith(`${front}/`);
}
