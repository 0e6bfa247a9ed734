import type { Log } from '../../app/ports.ts';
import { codeOf } from './bounded.ts';
import type { Puppet } from './puppet.ts';

/**
 * Lets what a puppet reports through while its session is the present one: what an ended session still says is nobody's
 * business any more. An error thrown into a puppet would end the session or the process; it is logged instead.
 */
export function guarded(log: Log, present: () => Puppet | undefined): (work: (puppet: Puppet) => void) => void {
  return (work) => {
    const puppet = present();
    if (!puppet) return;
    try {
      work(puppet);
    } catch (error) {
      log.error('wechat.event-failed', { error: codeOf(error) });
    }
  };
}
