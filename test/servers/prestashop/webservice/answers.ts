import { createHash } from 'node:crypto';
import type { Traits } from '../versions.js';
import { jsonOfErrors } from './json.js';
import type { Answer, WsError } from './types.js';
import { xmlDocument, xmlOfErrors } from './render-xml.js';

export type Format = 'xml' | 'json';

const contentTypes: Readonly<Record<Format, string>> = {
  xml: 'text/xml;charset=utf-8',
  json: 'application/json',
};

export const html = 'text/html; charset=utf-8';

/** The dispatcher's challenge, which an answer without a usable key carries. */
export const challenge = {
  'www-authenticate':
    'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key as the login. No password required."',
};

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** A good answer, with the hash by which a client may ask again. */
export const answerOf = (body: string, { format, traits, status = 200 }: Good): Answer => ({
  status,
  headers: { 'content-type': contentTypes[format], 'psws-version': traits.release, 'content-sha1': sha1(body) },
  body,
});

export type Good = { readonly format: Format; readonly traits: Traits; readonly status?: number };

export const unchanged = (answer: Answer): Answer => {
  const { 'content-type': _, ...headers } = answer.headers;
  return { status: 304, headers, body: '' };
};

/** An unknown id: nothing at all, not even a type. */
export const notFound = (traits: Traits): Answer => ({
  status: 404,
  headers: { 'psws-version': traits.release },
  body: '',
});

export const crashed: Answer = { status: 500, headers: { 'content-type': html }, body: '' };

/** @param release of the webservice; "0" before it knows who asks. */
export const errorAnswer = (
  status: number,
  errors: readonly WsError[],
  { format, release }: { readonly format: Format; readonly release: string },
): Answer => ({
  status,
  headers: { 'content-type': contentTypes[format], 'psws-version': release },
  body: format === 'json' ? jsonOfErrors(errors) : xmlDocument(xmlOfErrors(errors)),
});
