/** In PEM, the two texts that a TLS server needs; the certificate is its own authority. */
export type Certificate = { readonly key: string; readonly certificate: string };
