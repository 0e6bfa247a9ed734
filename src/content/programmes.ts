import { compileProgramme, type Programme } from '../policy/compile.ts';
import type { Content } from './content.ts';

/** The programmes of validated content, ready to judge. @throws DataFault naming file and path. */
export function compileContent(content: Content): Programme[] {
  return content.programmes.map(compileProgramme);
}
