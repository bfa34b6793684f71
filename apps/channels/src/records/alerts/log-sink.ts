import type { Logger } from '#platform';
import type { AlertSink } from './alerts.js';

/** Alerts as lines of the log: a page is an error there, a ticket a warning. */
export const logSink = (logger: Logger): AlertSink => ({
  tell: (news, { endedAt: _endedAt, lastAt: _lastAt, times: _times, level, ...alert }) => {
    const fields = { ...alert, alertLevel: level };
    if (news === 'ended') logger.info('An alert of a channel has ended', fields);
    else if (level === 'page') logger.error('A channel needs somebody now', fields);
    else logger.warn('A channel needs somebody', fields);
    return Promise.resolve();
  },
});
