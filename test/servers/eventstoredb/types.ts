/** Where a node listens. */
export type Endpoint = { readonly host: string; readonly port: number };

/** A gRPC status: its number and its text. */
export type Refusal = { readonly code: number; readonly details: string };

/** Who may do what on a server with TLS. `$all` is a right to read of its own; every other word is a stream's prefix. */
export type User = {
  readonly name: string;
  readonly password: string;
  readonly write: readonly string[];
  readonly read: readonly string[];
};

export type EventStoreOptions = {
  /** `in_process` by default; `child` is a process of its own and needs a build (dist). */
  readonly runs?: 'in_process' | 'child';
  /** Of the log; a new one that `stop` removes when it is left out. */
  readonly folder?: string;
  /** 0, the default, takes a free one and keeps it over restarts. */
  readonly port?: number;
  /** With a certificate of its own, and only then with users. */
  readonly tls?: boolean;
  /** `admin` with the password `changeit` may do everything, beside those named here. */
  readonly users?: readonly User[];
};

/** What a call asks for, as far as a fault tells calls apart. */
export type CallKind = 'append' | 'read' | 'subscribe' | 'delete';

export type Faults = {
  /** Accepts connections and answers nothing, keep-alive pings included, until `heal`. A child is stopped by SIGSTOP. */
  readonly silence: () => Promise<void>;
  /** A follower of that leader: what requires a leader is answered with its address. */
  readonly follow: (leader: Endpoint) => Promise<void>;
  /** A node of a cluster without a leader. */
  readonly loseLeader: () => Promise<void>;
  /** The server's clock is ahead of everybody else's by so much (below 0: behind). */
  readonly moveClock: (millis: number) => Promise<void>;
  /** The next appends are applied when their deadlines have passed. */
  readonly landLate: (times?: number) => Promise<void>;
  /** The next appends are applied, and every connection is reset before the answer. */
  readonly loseAnswer: (times?: number) => Promise<void>;
  /** The next calls of a kind are refused with a status, and nothing is done. */
  readonly refuse: (refusal: Refusal, call: CallKind, times?: number) => Promise<void>;
  /** How many of those that happen once for each time have not happened yet: 0 says that a call has met its fault. */
  readonly due: () => Promise<number>;
  /** Ends every fault above; the node is a leader again. */
  readonly heal: () => Promise<void>;
};

/** What the node has been asked for since its start. */
export type Costs = {
  /** Reads; subscriptions are not among them. */
  readonly reads: number;
  /** Records that they were given. */
  readonly given: number;
  /** Appends that came whole, on either path, whatever became of them. */
  readonly appends: number;
};

export type EventStoreServer = {
  /** For the client: `esdb://127.0.0.1:port?tls=...`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly folder: string;
  readonly faults: Faults;
  readonly costs: () => Promise<Costs>;
  /** As SIGKILL does: connections are reset, what was not answered may or may not be in the log. */
  readonly kill: () => Promise<void>;
  /** On the same folder and port, after `kill` or while it runs. */
  readonly restart: () => Promise<void>;
  /** Ends it, and removes the folder if it was made here. */
  readonly stop: () => Promise<void>;
};
