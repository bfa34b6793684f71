/** A request as far as it says what is asked. */
export type RestRequest = {
  readonly method: string;
  /** Of the address behind `/wp-json/`: WooCommerce's, by default, or that of the ledger's plugin. */
  readonly namespace?: 'wc/v3' | 'wc-stockledger/v1';
  /** Behind `/wp-json/wc/v3`, without slashes at its ends: `products`, `12`. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Over TLS: without it keys are not looked at. */
  readonly isSecure: boolean;
};

export type Json = Readonly<Record<string, unknown>>;

export type RestAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** What a route answers; the rest of the headers is the same for all. */
export type Found = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What `Allow` says; without it no route was reached. */
  readonly allow?: string;
};
