import { Api } from 'grammy';

/** The two ways to the platform: short calls, and the long one that waits for updates. */
export interface BotApi {
  readonly calls: Api;
  readonly polls: Api;
}

/** Seconds that the platform holds a request for updates when there are none. */
export const POLL_SECONDS = 25;
/** Seconds after which a call counts as unanswered. */
const CALL_SECONDS = 20;

/** The clients of one bot. `apiRoot` without a slash at the end. Nothing is sent, nothing repeated on its own. */
export function botApi(token: string, apiRoot: string): BotApi {
  return {
    calls: new Api(token, { apiRoot, timeoutSeconds: CALL_SECONDS }),
    polls: new Api(token, { apiRoot, timeoutSeconds: POLL_SECONDS + CALL_SECONDS }),
  };
}
