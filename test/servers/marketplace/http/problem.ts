/** What goes back, before faults. */
export type Reply = { readonly status: number; readonly body: object };

type Violation = { readonly name: string; readonly reason: string };

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
};

export const problem = (status: number, detail: string, violations: readonly Violation[] = []): Reply => ({
  status,
  body: {
    type: 'https://marketplace.example/problems',
    title: titles[status] ?? 'Error',
    status,
    detail,
    ...(violations.length > 0 && { violations }),
  },
});
