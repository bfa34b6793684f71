/** A life that can end without a word. */
export type Life = { readonly isOver: () => boolean; readonly end: () => void; readonly ended: Promise<void> };

export const beginLife = (): Life => {
  let over = false;
  let tell = (): void => undefined;
  const ended = new Promise<void>((resolve) => (tell = resolve));
  return {
    isOver: () => over,
    end: () => {
      over = true;
      tell();
    },
    ended,
  };
};

export const never = new Promise<never>(() => undefined);

/** What is asked after the end is never answered, nor what was asked before it. */
export const mortal = <Methods extends object>(life: Life, of: Methods): Methods =>
  new Proxy(of, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        if (life.isOver()) return never;
        const answer: unknown = Reflect.apply(member, target, given);
        if (!(answer instanceof Promise)) return answer;
        const settled = answer.finally(() => (life.isOver() ? never : undefined));
        return settled;
      };
    },
  });
