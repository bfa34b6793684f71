import type { OpenAlerts } from './alerts.js';

/** The text format in which Prometheus reads metrics. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** A gauge with a line for each code that is open in a channel: what has ended has none. */
export const expositionOf = (counts: readonly OpenAlerts[]): string =>
  [
    '# HELP channel_alerts_open Alerts of channels that are open: a page wants somebody now, a ticket in the morning.',
    '# TYPE channel_alerts_open gauge',
    ...counts.map(
      ({ channel, code, level, alerts }) =>
        `channel_alerts_open{channel=${quoted(channel)},code=${quoted(code)},level=${quoted(level)}} ${alerts}`,
    ),
    '',
  ].join('\n');
