/** What has happened since the start, over all channels. */
export class Counts {
  sent = 0;
  failed = 0;
  ambiguous = 0;
  later = 0;
}
