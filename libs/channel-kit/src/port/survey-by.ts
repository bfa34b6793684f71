import type { ChannelPort, Survey, SurveyAsked } from './channel-port.js';
import type { Answer } from './trouble.js';

/** What was found of one thing. */
export type SurveyPart = (asked: SurveyAsked, signal: AbortSignal) => Promise<Answer<Survey>>;

/** Of one thing: its code, and what is wrong with it; undefined: nothing. */
export const surveyed = (code: string, detail: string | undefined, missedMessages = false): Answer<Survey> => ({
  ...{ kind: 'answered', value: { notices: [{ code, detail }], missedMessages } },
});

/** One thing after the other. Where the shop does not answer it ends, and what was found before counts all the same. */
export const surveyBy =
  (parts: readonly SurveyPart[]): NonNullable<ChannelPort<unknown>['survey']> =>
  async (asked, signal) => {
    const notices: Survey['notices'][number][] = [];
    let missedMessages = false;
    for (const part of parts) {
      const answer = await part(asked, signal);
      if (answer.kind === 'trouble') return answer;
      notices.push(...answer.value.notices);
      missedMessages ||= answer.value.missedMessages;
    }
    return { kind: 'answered', value: { notices, missedMessages } };
  };
