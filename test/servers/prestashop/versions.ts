/** The releases that the server can be. What is known of 1.7.8 was read, not measured. */
export type Version = '1.7.8' | '8.2' | '9.1';

/** In what the releases differ, as far as an outside system can see it. */
export type Traits = {
  /** As the header `PSWS-Version` says it. */
  readonly release: string;
  readonly shopName: string;
  readonly theme: string;
  /** The methods that the webservice knows at all. */
  readonly methods: readonly string[];
  /** JSON has numbers for integers; before 9 everything but the id is a string. */
  readonly jsonHasNumbers: boolean;
  /** Texts of errors have `&gt;` for `>`. */
  readonly escapesErrors: boolean;
  /** Answers 304 to who has the newest answer already. */
  readonly hasConditionalGet: boolean;
  readonly hasOrderReturns: boolean;
  /** A row with `depends_on_stock` 1 cannot be written. */
  readonly refusesDependentStock: boolean;
  /** Which target states take the units again when an order leaves cancelled or error. */
  readonly takesAgain: 'logable_targets' | 'every_target';
};

const methodsBefore8 = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'];

const traitsOf82: Traits = {
  release: '8.2.1',
  shopName: 'shop8',
  theme: 'classic',
  methods: [...methodsBefore8, 'PATCH'],
  jsonHasNumbers: false,
  escapesErrors: true,
  hasConditionalGet: true,
  hasOrderReturns: false,
  refusesDependentStock: true,
  takesAgain: 'logable_targets',
};

const traits: Readonly<Record<Version, Traits>> = {
  '1.7.8': {
    ...traitsOf82,
    release: '1.7.8.11',
    shopName: 'shop17',
    methods: methodsBefore8,
    hasConditionalGet: false,
  },
  '8.2': traitsOf82,
  '9.1': {
    ...traitsOf82,
    release: '9.1.4',
    shopName: 'shop9',
    theme: 'hummingbird',
    jsonHasNumbers: true,
    escapesErrors: false,
    hasOrderReturns: true,
    refusesDependentStock: false,
    takesAgain: 'every_target',
  },
};

export const traitsOf = (version: Version): Traits => traits[version];
