/** What a problem code means to the caller. `remedy` says what to do; `retryable`: the same request may succeed later. */
export type CodeMeaning = {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  readonly retryable?: true;
};
