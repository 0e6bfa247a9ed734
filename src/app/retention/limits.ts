/** How long things are kept: data/operations.yaml, `retention`. */
export interface RetentionLimits {
  readonly every_hours: number;
  readonly page: number;
  readonly pause_ms: number;
  readonly handled: { readonly ids: number; readonly days: number };
  readonly ledger: { readonly days: number };
  readonly chats: { readonly days: number; readonly agreed_days: number };
  readonly invites: { readonly days: number };
  readonly questions: { readonly days: number };
  readonly audit: { readonly days: number };
  readonly broadcasts: { readonly audience_days: number; readonly days: number };
}

const DAY_MS = 86_400_000;

/** The instant (UTC ms) so many days before `now`. */
export function daysBefore(now: number, days: number): number {
  return now - days * DAY_MS;
}
