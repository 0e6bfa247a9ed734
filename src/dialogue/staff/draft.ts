import type { Audience } from './audience.ts';

/** A broadcast that is being written, or one that is being looked at for approval, with where that stands. */
export type StaffDraft =
  | { readonly step: 'audience'; readonly id: string }
  | { readonly step: 'text'; readonly id: string; readonly audience: Audience }
  | {
      readonly step: 'confirm';
      readonly id: string;
      readonly audience: Audience;
      readonly text: string;
      /** UTC instant (ms) of sending; absent: at once. */
      readonly at?: number;
    }
  | { readonly step: 'approve'; readonly id: string; readonly hash: string };
