/** A change as the feed of the service tells it. */
export type FeedChange = { readonly sku: string; readonly shown: number; readonly position: string };

/** Follows the whole feed over HTTP, as a subscriber does, from what comes next. Resolves when the signal aborts. */
export const readFeed = async (
  { url, token }: { readonly url: string; readonly token: string },
  onChange: (change: FeedChange) => void,
  signal: AbortSignal,
): Promise<void> => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/v1/availability/feed`, { headers, signal });
  if (!response.ok || response.body === null) throw new Error(`The feed answered ${response.status}`);
  let left = '';
  try {
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (left + piece).split('\n');
      left = lines.pop() ?? '';
      for (const line of lines)
        if (line.startsWith('data: ')) onChange(JSON.parse(line.slice('data: '.length)) as FeedChange);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
