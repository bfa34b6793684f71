import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, integer, objectId, octets, sequence, set, tlv, utcTime, utf8, yes } from './der.js';

/** In PEM, the two texts that a TLS server needs; the certificate is its own authority. */
export type Certificate = { readonly key: string; readonly certificate: string };

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const commonName = sequence(set(sequence(objectId('550403'), utf8('eventstoredb'))));
const validity = sequence(utcTime('200101000000Z'), utcTime('491231235959Z'));

const loopback = Buffer.from([127, 0, 0, 1]);
const subjectNames = sequence(
  objectId('551d11'),
  octets(sequence(tlv(0x87, loopback), tlv(0x82, Buffer.from('localhost')))),
);
const isAuthority = sequence(objectId('551d13'), yes, octets(sequence(yes)));

/** A new certificate (X.509 v3, RFC 5280) for 127.0.0.1 and localhost, signed by itself. */
export const createCertificate = (): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const toBeSigned = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from([1, ...randomBytes(8)])),
    ecdsaWithSha256,
    commonName,
    validity,
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(subjectNames, isAuthority)),
  );
  const signature = bits(sign('sha256', toBeSigned, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pemOf(sequence(toBeSigned, ecdsaWithSha256, signature)),
  };
};

const pemOf = (der: Buffer): string => {
  const lines = der.toString('base64').match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
