import { createInterface } from 'node:readline';

/** The lines of a process, each as soon as it is there. */
export function reader(stream: NodeJS.ReadableStream) {
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: stream }).on('line', (line) => {
    seen.push(line);
    for (const look of waiting) look();
  });
  const until = (part: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = seen.find((line) => line.includes(part));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { seen, until };
}
