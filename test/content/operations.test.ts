import { expect, test } from 'vitest';
import { validate } from '../../src/content/files.ts';
import { operationsFileSchema } from '../../src/content/operations.ts';

const faultOf = (retention: object): string => {
  try {
    validate(operationsFileSchema, { retention }, 'operations.yaml');
    return 'fine';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test.each([
  [{ handled: { ids: 5 } }, 'operations.yaml: retention.handled.ids: fewer than 20'],
  [{ handled: { days: 1 } }, 'operations.yaml: retention.handled.days: a platform repeats'],
  [{ chats: { days: 30 } }, 'operations.yaml: retention.chats.days: must be more than handled.days'],
  [{ chats: { agreed_days: 700 } }, 'operations.yaml: retention.chats.agreed_days: must not be less than chats.days'],
  [{ ledger: { days: 100 } }, 'operations.yaml: retention.ledger.days: must not be less than'],
  [{ broadcasts: { days: 100 } }, 'operations.yaml: retention.broadcasts.days: must not be less than'],
  [{ audit: { days: 90 } }, 'operations.yaml: retention.audit.days: logs have to be kept for six months'],
  [{ page: 5_000 }, 'operations.yaml: retention.page: more than 500'],
  [{ chat: { days: 5 } }, 'operations.yaml: retention: '],
  [{ chats: { days: '730' } }, 'operations.yaml: retention.chats.days: '],
  [{}, 'fine'],
])('%j: %s', (retention, fault) => {
  expect(faultOf(retention)).toContain(fault);
});
