import { type CommonFailureKind, type HttpFailure } from '../failure.js';
import { type HttpAnswer } from '../http-client.js';
import { failureOfServer, refusedBefore } from '../server-failures.js';
import { jsonOf } from './parse.js';

/** A refusal in the shop's own words. */
export type Said = { readonly code: string; readonly message: string };

/** What a refusal means, and what a person does about it. */
export type Meant<Kind> = readonly [kind: Kind, advice: string];

export type Refusals<Kind> = {
  /** The path of the interface, which everything before the shop has to let pass. */
  readonly path: string;
  /** Of a page in place of the interface. */
  readonly noInterface: string;
  /** By status what the shop's words mean. Of none of these anything was written before it was refused. */
  readonly meant: ReadonlyMap<number, (said: Said) => Meant<Kind>>;
};

const saidIn = (body: string): Said | undefined => {
  const json = jsonOf(body);
  if (json.kind === 'failed' || typeof json.value !== 'object' || json.value === null) return undefined;
  const { code, message } = json.value as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : undefined;
};

type Reading<Kind> = { readonly kind: Kind | CommonFailureKind; readonly sentence: string };

const readingOf = <Kind>(
  { path, noInterface, meant }: Refusals<Kind>,
  status: number,
  said: Said | undefined,
): Reading<Kind> | undefined => {
  if (said === undefined)
    return status === 404 ? { kind: 'not_json', sentence: noInterface } : refusedBefore(status, path);
  const [kind, advice] = meant.get(status)?.(said) ?? [];
  return kind === undefined ? undefined : { kind, sentence: `${advice} It says: ${said.message} (${said.code}).` };
};

/** What an answer without success means of a shop that refuses with a `code` and a `message`, as JSON. */
export const failureBy =
  <Kind extends string>(refusals: Refusals<Kind>) =>
  ({ status, header, body }: HttpAnswer): HttpFailure<Kind | CommonFailureKind> & { readonly code?: string } => {
    const said = saidIn(body);
    const reading = readingOf(refusals, status, said);
    return {
      ...(reading === undefined
        ? failureOfServer({ status, location: header('location'), retryAfter: header('retry-after') })
        : { ...reading, applied: 'no', status }),
      ...(said !== undefined && { code: said.code }),
    };
  };
