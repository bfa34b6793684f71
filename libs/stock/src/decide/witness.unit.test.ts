import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, now, policy } from '../../testing/company.js';
import { adjustment, countOf, issueOf, receipt } from '../../testing/facts.js';
import { lineOfOrder, order } from '../../testing/requests.js';
import { outcomeOf, restored, run, runAll, started } from '../../testing/run.js';
import type { FactCommand } from '../commands.js';
import type { StockPolicy } from '../policy.js';
import type { StockState } from '../state/state.js';

const shop = { connection: 'web_shop' } as const;
const line = lineOfOrder('o1');
const stocked = runAll(receipt(10), order('o1', 3));

describe('a fact of a connection that is not its author here', () => {
  it('is kept as it was said, and moves nothing', () => {
    const told = run(stocked, issueOf(3, { ...shop, order: line, sourceKey: 'note-1', document: '3SABC' }));
    expect(told.events.at(-1)).toMatchObject({
      type: 'WitnessRecorded',
      data: {
        ...{ parts: [], kind: 'issue', location: 'wh1', units: -3, order: line },
        fact: { connection: 'web_shop', kind: 'issue', sourceKey: 'note-1', version: 1, document: '3SABC' },
      },
      occurredAt: now,
    });
    expect(told.state.balances).toBe(stocked.state.balances);
    expect(told.state.lines).toBe(stocked.state.lines);
  });
  it('says by how much on hand would change', () => {
    const units = (command: FactCommand): unknown => {
      const last = run(stocked, command).events.at(-1);
      return last?.type === 'WitnessRecorded' && last.data.units;
    };
    expect([units(receipt(4, shop)), units(issueOf(4, shop)), units(adjustment(-4, shop))]).toEqual([4, -4, -4]);
  });
  it('is guarded and corrected by its key and version', () => {
    const said = (quantity: number, sourceVersion: number) =>
      issueOf(quantity, { ...shop, sourceKey: 'note-1', sourceVersion });
    const told = run(stocked, said(3, 1));
    expect(outcomeOf(told, said(3, 1))).toEqual([]);
    expect(outcomeOf(told, said(2, 1))).toEqual(['fact_reused']);
    const corrected = run(told, said(2, 2));
    expect(corrected.events.at(-1)).toMatchObject({ data: { fact: { version: 2, corrects: 1 }, units: -2 } });
    expect(outcomeOf(corrected, said(3, 1))).toEqual([]);
  });
  it('is a witness only where its connection has a role: an author somewhere, or a channel’s', () => {
    expect(outcomeOf(stocked, receipt(1, { connection: 'till' }))).toEqual(['WitnessRecorded']);
    expect(outcomeOf(stocked, receipt(1, { connection: 'scanner' }))).toEqual(['WitnessRecorded']);
    expect(outcomeOf(stocked, receipt(1, { connection: 'nobody' }))).toEqual(['not_author']);
    expect(outcomeOf(stocked, receipt(1, { connection: 'operator' }))).toEqual(['not_author']);
  });
  it('that is an absolute figure is refused: nobody else’s word can match it', () => {
    expect(outcomeOf(stocked, countOf(3, now, shop))).toEqual(['not_author']);
  });
  it('revises no count', () => {
    const counted = run(stocked, countOf(10, at('11:30')));
    expect(outcomeOf(counted, issueOf(2, { ...shop, occurredAt: at('11:10') }))).toEqual(['WitnessRecorded']);
  });
  it('is posted whole when its connection has become the author, and corrected no more when it is none', () => {
    const shopIssues: StockPolicy = {
      ...policy,
      locations: new Map(policy.locations).set('wh1', {
        ...{ location: 'wh1', author: 'wms', authors: { issue: 'web_shop' }, kind: 'own', state: 'open', revision: 1 },
      }),
    };
    const said = (quantity: number, sourceVersion: number) =>
      issueOf(quantity, { ...shop, sourceKey: 'note-1', sourceVersion, order: line });
    const posted = run(run(stocked, said(3, 1)), said(2, 2), { policy: shopIssues });
    expect(posted.state.balances.get('wh1')).toMatchObject({ committed: 1, sellable: 7 });
    expect(outcomeOf(posted, said(1, 3))).toEqual(['not_author']);
  });
  it('is remembered by the index of a snapshot’s state as by the state', () => {
    const said = issueOf(3, { ...shop, sourceKey: 'note-1' });
    const told = run(stocked, said);
    const known = { facts: new Map(told.state.facts.entries()), elsewhere: new Map<string, string>() };
    expect(outcomeOf(restored(told), said, { known })).toEqual([]);
  });
});

const balancesOf = ({ balances }: StockState): unknown =>
  [...balances.entries()].filter(([, { sellable, committed }]) => sellable !== 0 || committed !== 0);

describe('witnesses', () => {
  const document = fc.record({
    sourceKey: fc.constantFrom('a', 'b'),
    quantity: fc.nat(5),
    version: fc.integer({ min: 1, max: 3 }),
  });
  const facts = (connection: 'wms' | 'web_shop' | 'till') =>
    document.map(({ sourceKey, quantity, version }) =>
      issueOf((quantity * 7 + version) % 6, {
        ...{ connection, sourceKey, sourceVersion: version, order: line, document: sourceKey },
      }),
    );
  const said = (commands: readonly FactCommand[]): readonly FactCommand[] =>
    commands.filter(
      (one, index) =>
        !commands
          .slice(0, index)
          .some(
            (other) =>
              other.connection === one.connection &&
              other.sourceKey === one.sourceKey &&
              other.sourceVersion === one.sourceVersion &&
              other.hash !== one.hash,
          ),
    );
  it('in any interleaving and duplication leave the balances to which the author’s facts lead', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(facts('wms'), facts('web_shop'), facts('till')), { maxLength: 12 }),
        fc.infiniteStream(fc.nat(100)),
        (drawn, positions) => {
          const commands = said(drawn);
          const authors = commands.filter(({ connection }) => connection === 'wms');
          const arriving = commands.flatMap((command) => [command, command]);
          const shuffled = arriving
            .map((command) => ({ command, at: positions.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ command }) => command);
          const newest = authors.filter(
            (fact) =>
              !authors.some((other) => other.sourceKey === fact.sourceKey && other.sourceVersion > fact.sourceVersion),
          );
          const wanted = newest.reduce((before, fact) => run(before, fact), stocked);
          const all = shuffled.reduce((before, fact) => run(before, fact), stocked);
          expect(balancesOf(all.state)).toEqual(balancesOf(wanted.state));
        },
      ),
      { numRuns: 500 },
    );
  });
  it('control: posted like the author’s, they would not', () => {
    const asAuthor = run(stocked, issueOf(3, { order: line }));
    const asWitness = run(stocked, issueOf(3, { ...shop, order: line }));
    expect(balancesOf(asAuthor.state)).not.toEqual(balancesOf(asWitness.state));
    expect(balancesOf(run(started, receipt(1)).state)).not.toEqual([]);
  });
});
