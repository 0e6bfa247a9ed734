import { content } from '../../support/kit.ts';
import { seeded } from '../dispatch/time.ts';
import { BureauWorld, SECOND } from '../staff/world.ts';

export interface RandomOutcome {
  readonly runs: number;
  readonly shown: number;
  readonly cancelled: number;
  /** Recipients shown twice, not of the audience, or not counted as the report says. */
  readonly faults: readonly string[];
}

/**
 * Broadcasts that are paused, resumed, cancelled and left by recipients at random moments, some of them with the
 * process replaced in between. What was shown has to be the frozen audience, or what the report says.
 */
export async function stopAtRandom(runs: number, firms: number, seed: number): Promise<RandomOutcome> {
  const random = seeded(seed);
  const faults: string[] = [];
  let shown = 0;
  let cancelled = 0;
  for (let run = 0; run < runs; run += 1) {
    const limits = { ...content.bureau, broadcast: { ...content.bureau.broadcast, page: 3, approval_from: 1_000_000 } };
    let world = new BureauWorld(undefined, limits);
    for (let index = 0; index < firms; index += 1)
      await world.firm({ chat: `t:e${index}`, name: `${index}号有限公司` });
    await world.bind('t:o', '太原市');
    const id = await world.broadcast('t:o', '全部', '请尽快', firms);
    const times = new Map<string, number>();
    const leave = async (): Promise<void> => {
      const texts = await world.tick(SECOND);
      for (const [chat, said] of texts)
        if (said.some((text) => text.includes('请尽快'))) times.set(chat, (times.get(chat) ?? 0) + 1);
    };
    world.now += 119 * SECOND;
    for (let step = 0; step < 12; step += 1) {
      const dice = random();
      const verb = dice < 0.25 ? '暂停' : dice < 0.5 ? '继续' : dice < 0.55 ? '取消' : undefined;
      const sending = leave();
      // Meanwhile, at any moment of the sending.
      for (let wait = Math.floor(random() * 60); wait > 0; wait -= 1) await Promise.resolve();
      if (verb) await world.say('t:o', `${verb} ${id}`);
      if (dice > 0.9) await world.say(`t:e${Math.floor(random() * firms)}`, '退订');
      await sending;
      if (random() < 0.1) world = world.restarted();
    }
    await world.say('t:o', `继续 ${id}`);
    world.now += 60 * SECOND;
    await leave();
    await leave();
    const record = await world.records.read('broadcast', id);
    const sum = [...times.values()].reduce((all, one) => all + one, 0);
    shown += sum;
    if (record?.state === 'cancelled') cancelled += 1;
    const { totals } = record ?? {};
    const counted = Object.values(totals ? { ...totals } : {}).reduce((all, one) => all + one, 0);
    if (sum !== times.size) faults.push(`run ${run}: shown twice`);
    if (totals?.sent !== sum || counted !== firms || totals.waiting > 0)
      faults.push(`run ${run}: shown ${sum}, ${record?.state ?? 'gone'}, ${JSON.stringify(totals)}`);
  }
  return { runs, shown, cancelled, faults };
}
