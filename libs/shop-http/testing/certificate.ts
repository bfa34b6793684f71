import { generateKeyPairSync, sign } from 'node:crypto';

/** DER, as far as a certificate needs it: a tag, a length, the contents. */
const der = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(contents);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

const sequence = (...items: readonly Uint8Array[]): Buffer => der(0x30, ...items);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = oid('550403');
const alternativeNames = oid('551d11');
const loopback = Uint8Array.of(127, 0, 0, 1);

const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(text)))));

/** `261120215939Z`. */
const timeOf = (millis: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(millis).toISOString().replaceAll(/[-:T]/gu, '').slice(2, 14)}Z`));

const dayMillis = 86_400_000;

export type Certificate = { readonly key: string; readonly cert: string };

export type CertificateOf = {
  readonly notAfterMillis?: number;
  /** The name of a host in place of this machine's address. */
  readonly host?: string;
};

const pem = (cert: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${cert.toString('base64').replaceAll(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** A certificate that signs itself, for 127.0.0.1, made now: none is kept in the repository. */
export const selfSigned = ({ notAfterMillis = Date.now() + dayMillis, host }: CertificateOf = {}): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = sequence(host === undefined ? der(0x87, loopback) : der(0x82, Buffer.from(host)));
  const body = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, Uint8Array.of(1)),
    ecdsaWithSha256,
    nameOf('test'),
    sequence(timeOf(notAfterMillis - 30 * dayMillis), timeOf(notAfterMillis)),
    nameOf('test'),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(alternativeNames, der(0x04, names)))),
  );
  const signature = der(0x03, Uint8Array.of(0), sign('sha256', body, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(body, ecdsaWithSha256, signature)),
  };
};
