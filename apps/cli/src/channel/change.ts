import { LedgerError } from '../policy/client.js';
import { differencesOf, lineOf, withTerm, type Terms } from '../policy/terms.js';
import { connectorPath, listAt, numberAt, rowsOf, termsAt, textAt, wordOf } from './api.js';
import { done, wishOf, type Context, type Result } from './context.js';
import { linesIn, secretsIn } from './files.js';

/** One channel with its worker, or all that have a connector. @throws LedgerError */
export const show = async ({ ask, options: { channel }, print }: Context): Promise<Result> => {
  const shown = await ask('GET', channel === '' ? '/v1/connections' : connectorPath(channel));
  if (channel !== '') print(JSON.stringify(shown, undefined, 2));
  for (const one of listAt(shown, 'connections')) print(standingOf(one as Terms));
  return done(shown);
};

const standingOf = (connection: Terms): string => {
  const rung = textAt(termsAt(connection, 'ladder'), 'rung');
  const pausedFor = textAt(connection, 'pausedFor');
  return `${textAt(connection, 'channel')}  ${textAt(connection, 'kind')}  ${rung}${pausedFor === '' ? '' : ` (${pausedFor})`}`;
};

/** @throws LedgerError */
export const history = async ({ ask, options: { channel }, print }: Context): Promise<Result> => {
  const rows: Terms[] = [];
  for await (const row of rowsOf(ask, `${connectorPath(channel)}/history`)) {
    rows.push(row);
    const { revision, changedAt, what, actor, reason, content } = row;
    print(`${wordOf(revision)}  ${wordOf(changedAt)}  ${wordOf(what)} (${wordOf(actor)}): ${wordOf(reason)}`);
    print(`   ${JSON.stringify(content)}`);
  }
  return done({ rows });
};

/** The connection as it stands; undefined: the channel has none. @throws LedgerError */
export const connectionOf = async ({ ask, options: { channel } }: Context): Promise<Terms | undefined> => {
  try {
    return termsAt(await ask('GET', connectorPath(channel)), 'connection');
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'unknown_connection') return undefined;
    throw error;
  }
};

/** What was changed, or would be; a line for each difference. */
const tell = (context: Context, before: Terms, answer: Terms): Result => {
  const { print, options } = context;
  const after = termsAt(answer, 'connection');
  for (const difference of differencesOf(shownOf(before), shownOf(after))) print(lineOf(difference));
  const changed = answer['changed'] === true;
  const what = !changed
    ? 'nothing to change'
    : options.yes
      ? 'changed'
      : 'a dry run, not changed: say --yes --reason TEXT';
  print(`channel ${options.channel}: ${what}`);
  return done({ channel: options.channel, dryRun: !options.yes, changed: changed && options.yes, connection: after });
};

const shownOf = ({ revision: _revision, ...rest }: Terms): Terms => rest;

/** Gives the channel its shop, or changes settings and secrets of the one that it has. @throws LedgerError, UsageError */
export const add = async (context: Context): Promise<Result> => {
  const { ask, options, readInput } = context;
  const standing = await connectionOf(context);
  const secrets = await secretsIn(options, readInput);
  const settings = options.settings.reduce(withTerm, standing === undefined ? {} : settingsOf(standing));
  const path = connectorPath(options.channel);
  const answer =
    standing === undefined
      ? await ask('POST', path, {
          ...{ settings, secrets, ...wishOf(options) },
          ...(options.kind !== undefined && { kind: options.kind }),
        })
      : await ask('PUT', `${path}/settings`, {
          ...{ settings, revision: numberAt(standing, 'revision'), ...wishOf(options) },
          ...(Object.keys(secrets).length > 0 && { secrets }),
        });
  return tell(context, standing ?? {}, answer);
};

const settingsOf = (connection: Terms): Terms => termsAt(connection, 'settings');

/** @throws LedgerError, `connection_changed` where somebody was faster */
export const step = async (context: Context): Promise<Result> => {
  const { ask, options } = context;
  const { verb: rung, percent, files } = options;
  const standing = (await connectionOf(context)) ?? {};
  const listings = files.listings === undefined ? undefined : await linesIn(files.listings);
  const answer = await ask('PUT', `${connectorPath(options.channel)}/ladder`, {
    ...{ rung, revision: numberAt(standing, 'revision'), ...wishOf(options) },
    ...(percent !== undefined && { percent }),
    ...(listings !== undefined && { listings }),
  });
  return tell(context, standing, answer);
};

/** `pause`, `resume`. @throws LedgerError */
export const letGo = async (context: Context): Promise<Result> => {
  const { ask, options } = context;
  const standing = (await connectionOf(context)) ?? {};
  return tell(
    context,
    standing,
    await ask('POST', `${connectorPath(options.channel)}/${options.verb}`, wishOf(options)),
  );
};
