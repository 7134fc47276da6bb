// `npm run tamper`: changes every single byte of every file of a small package, one at a time, and says which changes
// verification did not find. Ends with 1 when there is one.
import { packageFor, tamper } from '../tests/evidence/tampering.ts';

const start = performance.now();
const { files, bytes, changes, undetected } = tamper(await packageFor('small'));
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`${changes} changes of ${bytes} bytes in ${files} files, ${undetected.length} not found, ${seconds} s`);
for (const one of undetected.slice(0, 40)) console.error(`not found: ${one}`);
if (undetected.length > 0) process.exitCode = 1;
