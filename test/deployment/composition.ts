/** The text of each service in a composition, by name; comments between two of them belong to the one above. */
export const servicesOf = (composition: string): ReadonlyMap<string, string> => {
  const [, body = ''] = /^services:\n((?:(?: .*)?\n)*)/mu.exec(composition) ?? [];
  const pieces = body.split(/^ {2}([\w-]+):\n/mu).slice(1);
  return new Map(pieces.flatMap((name, index) => (index % 2 === 0 ? [[name, pieces[index + 1] ?? '']] : [])));
};
