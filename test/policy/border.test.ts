import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactsFault, readFacts } from '../../src/policy/border.ts';
import { CASES, programmeOf, PROGRAMMES, readCase } from '../support/programmes.ts';

const { vocabulary } = programmeOf('shanxi-2026');
const luoyang = programmeOf('luoyang').vocabulary;

/** A number as a lossless reader hands it on: its own text. */
const written = (text: string) => ({ isLosslessNumber: true as const, toString: () => text });

function faultOf(input: unknown): { path: string; message: string } {
  try {
    readFacts(input, vocabulary);
  } catch (error) {
    if (error instanceof FactsFault) return { path: error.path, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('refuses and names the place', () => {
  it.each<[string, unknown, string]>([
    ['no object', [], ''],
    ['text', 'facts', ''],
    ['nothing', null, ''],
    ['an unknown key', { colour: 'red' }, 'colour'],
    ['an unknown key inside', { applicant: { colour: 'red' } }, 'applicant.colour'],
    ['an unknown key of a host', { applicant: { host: { colour: 'red' } } }, 'applicant.host.colour'],
    ['an unknown key of a service', { services: [{}, { provider: { colour: 1 } }] }, 'services[1].provider.colour'],
    ['a computed fact', { result: { eligibility: 'eligible' } }, 'result'],
    ['the clock', { now: '2026-07-01T00:00:00Z' }, 'now'],
    ['a list where an object belongs', { applicant: [] }, 'applicant'],
    ['an object where a list belongs', { services: {} }, 'services'],
    ['a text among the services', { services: ['x'] }, 'services[0]'],
    ['text for yes or no', { applicant: { credit_record_good: '是' } }, 'applicant.credit_record_good'],
    ['a number for yes or no', { applicant: { credit_record_good: 1 } }, 'applicant.credit_record_good'],
    ['a choice outside its values', { applicant: { kind: 'company' } }, 'applicant.kind'],
    ['an empty choice', { applicant: { kind: '' } }, 'applicant.kind'],
    ['the name of a built-in as a choice', { applicant: { kind: 'toString' } }, 'applicant.kind'],
    ['a negative amount', { received_this_year_yuan: -1 }, 'received_this_year_yuan'],
    ['an exponent', { received_this_year_yuan: written('1e5') }, 'received_this_year_yuan'],
    ['three decimals', { received_this_year_yuan: written('1.005') }, 'received_this_year_yuan'],
    ['an amount as text', { received_this_year_yuan: '100' }, 'received_this_year_yuan'],
    ['too large an amount', { received_this_year_yuan: written('123456789012345') }, 'received_this_year_yuan'],
    ['a broken count', { paper_dossier: { copies: 1.5 } }, 'paper_dossier.copies'],
    ['a day that does not exist', { applicant: { sanction_date: '2025-02-29' } }, 'applicant.sanction_date'],
    ['a yes for a date', { applicant: { sanction_date: true } }, 'applicant.sanction_date'],
    ['none for a date that is no event', { services: [{ invoice_date: false }] }, 'services[0].invoice_date'],
    ['an instant without offset', { submitted_online_at: '2026-07-01T10:00:00' }, 'submitted_online_at'],
    ['an unknown identity', { identities: [{ type: 'unicorn' }] }, 'identities[0].type'],
    ['an identity named after a built-in', { identities: [{ type: 'constructor' }] }, 'identities[0].type'],
    ['an identity without type', { identities: [{ valid: true }] }, 'identities[0].type'],
    ['a bare identity', { identities: ['hnte'] }, 'identities[0].type'],
    ['an unknown attribute', { identities: [{ type: 'hnte', colour: 1 }] }, 'identities[0].colour'],
    ['a wrong attribute', { identities: [{ type: 'hnte', valid: 'yes' }] }, 'identities[0].valid'],
    ['an unknown document', { documents_in_hand: ['poem'] }, 'documents_in_hand[0]'],
    ['a list that is none', { identities: 'hnte' }, 'identities'],
    ['texts that are none', { contradictions: [1] }, 'contradictions'],
    ['a key that would reach a prototype', JSON.parse('{"__proto__": {"polluted": true}}'), '__proto__'],
    ['the same further in', JSON.parse('{"applicant": {"__proto__": {"kind": "enterprise"}}}'), 'applicant.__proto__'],
    ['a constructor', { constructor: { prototype: {} } }, 'constructor'],
    ['too many services', { services: Array.from({ length: 201 }, () => ({})) }, 'services'],
  ])('%s', (_, input, path) => {
    const fault = faultOf(input);
    expect(fault.path).toBe(path);
    expect(fault.message).toMatch(/\p{Script=Han}/u);
  });

  it('tells what is allowed', () => {
    expect(faultOf({ applicant: { size: 'huge' } }).message).toContain('micro、small、medium、large');
    expect(faultOf({ applicant: { colour: 1 } }).message).toContain('kind');
  });

  it('leaves every prototype alone', () => {
    expect(() => readFacts(JSON.parse('{"__proto__": {"polluted": true}}'), vocabulary)).toThrow(FactsFault);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('reads', () => {
  it('amounts from their decimal text', () => {
    const read = (text: string) =>
      readFacts({ received_this_year_yuan: written(text) }, vocabulary).top['received_this_year_yuan'];
    expect(read('0.1')).toBe(10);
    expect(read('99999.99')).toBe(9_999_999);
    expect(read('0')).toBe(0);
  });

  it('a present list as complete, an absent one as unknown', () => {
    const present = readFacts({ identities: [{ type: 'hnte', valid: true, level: null }] }, vocabulary).top;
    expect(present['identities[hnte]']).toBe(true);
    expect(present['identities[hnte].valid']).toBe(true);
    expect(present['identities[hnte].level']).toBeNull();
    expect(present['identities[tech_sme]']).toBe(false);
    expect(readFacts({}, vocabulary).top['identities[tech_sme]']).toBeUndefined();
    expect(readFacts({ identities: null }, vocabulary).top['identities[tech_sme]']).toBeUndefined();
  });

  it('null as not known, false as none for what may not have happened', () => {
    expect(readFacts({ applicant: { kind: null, host: null } }, vocabulary).top).toEqual({ 'applicant.kind': null });
    expect(readFacts({ applicant: { sanction_date: false } }, vocabulary).top['applicant.sanction_date']).toBe(false);
    expect(readFacts({ contradictions: [] }, vocabulary).top['contradictions']).toBe(false);
  });

  it('two entries of one kind as the stronger one, in whatever order they stand', () => {
    const weak = { type: 'resident_incubator', valid: true, level: 'municipal' };
    const strong = { type: 'resident_incubator', valid: true, level: 'provincial' };
    const level = (...identities: unknown[]) =>
      readFacts({ identities }, vocabulary).top['identities[resident_incubator].level'];
    expect([level(weak, strong), level(strong, weak)]).toEqual(['provincial', 'provincial']);
    expect(
      readFacts({ documents_in_hand: ['sx_invoice', 'sx_invoice'] }, vocabulary).top['documents_in_hand[sx_invoice]'],
    ).toBe(true);
  });

  it('whether services were named', () => {
    expect(readFacts({}, vocabulary).servicesGiven).toBe(false);
    expect(readFacts({ services: [] }, vocabulary)).toMatchObject({ services: [], servicesGiven: true });
  });

  it('a place outside the listed values where the list is open', () => {
    expect(readFacts({ applicant: { registered_city: '郑州市' } }, luoyang).top['applicant.registered_city']).toBe(
      '郑州市',
    );
  });

  it('every worked case', () => {
    for (const one of CASES) expect(() => readCase(one)).not.toThrow();
  });
});

it('gives facts or a fault for any JSON, never another error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROGRAMMES),
      fc.jsonValue({ maxDepth: 4 }),
      fc.boolean(),
      (programme, json, inside) => {
        try {
          readFacts(inside ? { applicant: json, services: json, identities: json } : json, programme.vocabulary);
        } catch (error) {
          expect(error).toBeInstanceOf(FactsFault);
        }
      },
    ),
    { numRuns: 500 },
  );
});
