/** What bureau staff may do, and how much of it: data/bureau.yaml. */
export interface BureauLimits {
  readonly invite_hours: number;
  readonly bind: { readonly window_minutes: number; readonly per_chat: number; readonly overall: number };
  readonly broadcast: {
    readonly undo_seconds: number;
    readonly approval_from: number;
    readonly text_limit: number;
    readonly samples: number;
    readonly page: number;
    readonly call_shown: number;
    readonly listed: number;
  };
  readonly enterprises_shown: number;
  readonly questions_kept: number;
}
