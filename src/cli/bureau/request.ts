import type { OperatorRequest } from '../../app/staff/request.ts';

/** Reads a request that came over the socket; undefined for anything else. zod is loaded with the first. */
export async function readRequest(line: string): Promise<OperatorRequest | undefined> {
  const z = await import('zod');
  const text = z.string().min(1).max(200);
  const where = { city: text.exactOptional(), programme: text.exactOptional() };
  const row = z.strictObject({
    name: text,
    city: text,
    contact: text.exactOptional(),
    phone: text.exactOptional(),
  });
  const schema = z.union([
    z.strictObject({ verb: z.literal('invite'), ...where, province: z.literal(true).exactOptional() }),
    z.strictObject({ verb: z.enum(['staff', 'broadcasts']) }),
    z.strictObject({ verb: z.literal('revoke'), chat: text }),
    z.strictObject({ verb: z.enum(['enterprises', 'export']), ...where }),
    z.strictObject({ verb: z.literal('import'), rows: z.array(row) }),
    z.strictObject({ verb: z.enum(['pause', 'resume', 'cancel']), id: text }),
    z.strictObject({ verb: z.literal('questions'), clear: z.literal(true).exactOptional() }),
    z.strictObject({ verb: z.literal('audit'), limit: z.int().positive().exactOptional() }),
  ]);
  try {
    const read = schema.safeParse(JSON.parse(line));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
