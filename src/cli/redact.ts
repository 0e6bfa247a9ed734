import type { Config } from '../config.ts';

/** Makes a text fit for a log, whatever it was made of. */
export type Redact = (text: string) => string;

/** Shorter values would take ordinary words out of a log. */
const SHORTEST_SECRET = 6;
const GONE = '[redacted]';

/** What looks like a secret or like something of a person, wherever it stands. */
const PATTERNS: readonly RegExp[] = [
  // Bot tokens, also as a part of an address.
  /(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}/g,
  // The user and password of an address.
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
  /(?<=bearer\s)\S+/gi,
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g,
  // Identity cards, bank cards, and the 18 signs of a firm's credit code.
  /(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g,
  /(?<![\dA-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![\dA-Za-z])/g,
  /(?<!\d)\d{16,19}(?![\dA-Za-z])/g,
  // Mobile numbers, with or without the country and gaps; land lines.
  /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  /(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)/g,
];

/** The secrets of a configuration: whatever else goes wrong, none of these is written anywhere. */
export function secretsOf(
  config: Partial<Pick<Config, 'telegram' | 'wechat' | 'databaseUrl' | 'alertWebhookUrl'>>,
): readonly string[] {
  const { telegram, wechat, databaseUrl, alertWebhookUrl } = config;
  const token = telegram?.token;
  return [
    token,
    token?.slice(token.indexOf(':') + 1),
    telegram?.webhook?.secret,
    wechat?.serviceToken,
    databaseUrl,
    ...passwordOf(databaseUrl),
    // Whoever has such an address may write to it.
    alertWebhookUrl,
  ].filter((secret): secret is string => secret !== undefined && secret.length >= SHORTEST_SECRET);
}

function passwordOf(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** Takes these secrets, and what looks like one or like a person's number, out of a text. */
export function redactor(secrets: readonly string[] = []): Redact {
  // The longest first: one may hold another.
  const known = [...new Set(secrets)].toSorted((a, b) => b.length - a.length);
  return (text) => {
    const without = known.reduce((left, secret) => left.replaceAll(secret, GONE), text);
    return PATTERNS.reduce((left, pattern) => left.replace(pattern, GONE), without);
  };
}

/** An error as it may be written down: its name and the places it went through, not its message, which may quote. */
export function errorPlaces(error: unknown, redact: Redact): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at .*(?:\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(line));
  return redact([error.name, ...frames].join('\n'));
}
