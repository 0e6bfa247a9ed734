import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOwnProcess, type Place } from './place.ts';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 30;

function nameOf({ callFrame: { functionName, url, lineNumber } }: Node): string {
  return `${functionName || '(anonymous)'} ${url.split('/').at(-1) ?? ''}:${lineNumber + 1}`;
}

/** Shares of the time by function: in it alone, and in it with all it calls. */
function shares({ nodes, samples, timeDeltas }: Profile): { own: Map<string, number>; all: Map<string, number> } {
  const time = new Map<number, number>();
  samples.forEach((id, index) => time.set(id, (time.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<string, number>();
  const all = new Map<string, number>();
  const add = (map: Map<string, number>, name: string, share: number): unknown =>
    map.set(name, (map.get(name) ?? 0) + share);
  const visit = (node: Node, above: ReadonlySet<string>): void => {
    const name = nameOf(node);
    const share = (time.get(node.id) ?? 0) / total;
    // A function that calls itself counts once.
    const stack = new Set([...above, name]);
    add(own, name, share);
    for (const one of stack) add(all, one, share);
    for (const child of node.children ?? []) {
      const found = byId.get(child);
      if (found) visit(found, stack);
    }
  };
  const [top] = nodes;
  if (top) visit(top, new Set());
  return { own, all };
}

/** Runs the engine under the profiler of node and prints where the time goes. */
export async function printProfile(place: Place): Promise<void> {
  const dir = join(place.work, 'profile');
  await inOwnProcess(
    place,
    'engine',
    'profiled',
    [place],
    ['--cpu-prof', '--cpu-prof-dir', dir, '--cpu-prof-interval', '500'],
  );
  const [file = ''] = await readdir(dir);
  const { own, all } = shares(JSON.parse(await readFile(join(dir, file), 'utf8')) as Profile);
  for (const [title, map] of [
    ['in the function itself', own],
    ['with what it calls', all],
  ] as const) {
    console.log(`\nprofile of the engine, ${title}`);
    for (const [name, share] of [...map].toSorted((a, b) => b[1] - a[1]).slice(0, SHOWN))
      console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`);
  }
}
