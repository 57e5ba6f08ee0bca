/** A statement as postgres.js has them: sent when somebody waits for it, with rows as objects or as lists. */
export type Statement = Promise<unknown> & { values(): Statement };

/** @param send sends it, once */
export function deferred(send: (asRows: boolean) => Promise<unknown>): Statement {
  let asRows = false;
  let sent: Promise<unknown> | null = null;
  const go = () => {
    sent ??= send(asRows);
    return sent;
  };
  const statement = {
    values() {
      asRows = true;
      return statement;
    },
    // biome-ignore lint/suspicious/noThenProperty: it is awaited, as postgres.js's queries are
    then: ((done, failed) => go().then(done, failed)) as Promise<unknown>["then"],
    catch: ((failed) => go().catch(failed)) as Promise<unknown>["catch"],
    finally: ((done) => go().finally(done)) as Promise<unknown>["finally"],
    [Symbol.toStringTag]: "Statement",
  };
  return statement;
}
