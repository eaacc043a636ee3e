import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The Python that `./dev setup` put beside the npm packages, with LINE's SDK. */
export function python(): string {
  const found = fileURLToPath(new URL('../.venv/bin/python', import.meta.url));
  if (!existsSync(found)) throw new Error(`${found} is not there; ./dev setup makes it`);
  return found;
}
