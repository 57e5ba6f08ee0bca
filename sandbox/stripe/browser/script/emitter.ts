export type Handler = (event: unknown) => void;

/** Events of one element. A handler that throws does not keep the others from running. */
export class Emitter {
  private readonly handlers = new Map<string, Set<Handler>>();

  on(event: string, handler: Handler): void {
    const known = this.handlers.get(event) ?? new Set<Handler>();
    this.handlers.set(event, known.add(handler));
  }

  once(event: string, handler: Handler): void {
    const once: Handler = (value) => {
      this.off(event, once);
      handler(value);
    };
    this.on(event, once);
  }

  off(event: string, handler?: Handler): void {
    if (handler) this.handlers.get(event)?.delete(handler);
    else this.handlers.delete(event);
  }

  emit(event: string, value: unknown): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      try {
        handler(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
