import { type Answer, type SurveyAsked } from '#channel-kit';

/** A deadline that no question of a test reaches. */
export const patience = (): AbortSignal => AbortSignal.timeout(20_000);

/** As a worker asks that may change nothing in the shop. */
export const surveyAsked: SurveyAsked = { hintsPath: '/v1/channels/web/hints', mayMend: false };

/** What was answered. @throws where it was trouble */
export const valueOf = <Value>(answer: Answer<Value>): Value => {
  if (answer.kind === 'trouble') throw new Error(`${answer.trouble.code}: ${answer.trouble.detail}`);
  return answer.value;
};

/** What kept the shop from answering, in two words. */
export const troubleOf = (answer: Answer<unknown>): string =>
  answer.kind === 'trouble' ? `${answer.trouble.kind} ${answer.trouble.code}` : 'answered';
