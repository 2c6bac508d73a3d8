/**
 * Runs a script to its end. A failure is told with its causes, without the stack of a program nobody here debugs.
 * @param {() => Promise<void>} main
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    for (let each = error; each instanceof Error; each = each.cause) console.error(each.message);
    process.exitCode = 1;
  }
}
