import type { Millis } from '#channel-kit';
import type { SyncEntry } from '../contracts/index.js';
import type { ChannelWork } from './deps.js';
import { silentMillis, surveyEveryMillis, tellingMillis } from './rhythm.js';

/** How a shop is set up is looked at once in a while, and sooner where its messages have ceased or something else was found. */
export type Surveys = {
  /** After a reading of the feed. @param orders how many it brought @param hintedAt when a message of the shop was believed last */
  readonly note: (orders: number, hintedAt: Millis | undefined) => void;
  /** Looks, where it is time to. @returns whether the shop had ceased to send its messages, and sends them again */
  readonly step: () => Promise<boolean>;
};

/** @param mayMend whether anything may be changed in the shop */
export const createSurveys = (work: ChannelWork, mayMend: boolean): Surveys => {
  const { port, now, signal, alerts, log, channel } = work;
  const { channel: name } = channel;
  let surveyedAt = Number.NEGATIVE_INFINITY;
  // Since then orders have changed, and no message said so.
  let untoldSince: Millis | undefined;
  // What was found then: a ticket ends soon after it was heeded, and one begins soon after a write found it otherwise.
  let hasTold = false;
  let compared: boolean | undefined;
  const everyMillis = (): Millis => (hasTold ? tellingMillis : surveyEveryMillis);
  const isDue = (): boolean =>
    now() - surveyedAt >= everyMillis() ||
    (untoldSince !== undefined && now() - untoldSince >= silentMillis) ||
    (compared !== undefined && compared !== port.capabilities.comparesAndSets);
  const tell = async (code: string, detail: string | undefined): Promise<void> => {
    if (detail === undefined) return alerts.settle(name, code);
    await alerts.raise({ channel: name, code, subject: '', level: 'ticket', detail, verb: `channel show ${name}` });
  };
  return {
    note: (orders, hintedAt) => {
      if (hintedAt === undefined) return;
      if (now() - hintedAt < silentMillis) untoldSince = undefined;
      else if (orders > 0) untoldSince ??= now();
    },
    step: async () => {
      if (port.survey === undefined || !isDue()) return false;
      const at = now();
      const answer = await port.survey({ hintsPath: `/v1/channels/${name}/hints`, mayMend }, signal);
      await log.write([entryOf(name, at, now(), answer.kind === 'trouble' ? answer.trouble.code : 'surveyed')]);
      if (answer.kind === 'trouble') return false;
      const { notices } = answer.value;
      [surveyedAt, untoldSince, compared] = [at, undefined, port.capabilities.comparesAndSets];
      hasTold = notices.some(({ detail }) => detail !== undefined);
      for (const { code, detail } of notices) await tell(code, detail);
      return answer.value.missedMessages;
    },
  };
};

const entryOf = (channel: string, from: Millis, to: Millis, code: string): SyncEntry => ({
  ...{ channel, direction: 'in', operation: 'survey', resource: 'shop', externalId: '', sourceChange: '' },
  ...{ run: undefined, outcome: code === 'surveyed' ? 'done' : 'failed', code, millis: to - from },
  ...{ payload: undefined, at: from },
});
