import type { Call, ClientError, Command, FrameMessage, FrameOptions, Hello, Outcome } from "../protocol";

let sequence = 0;

/** How long a frame may take to report ready before the element gives up on it. */
const READY_WITHIN_MS = 20_000;
const NOT_LOADED = "The payment form could not be loaded. Please check your connection and try again.";

/** One frame on the stand-in's origin and the private channel to it. */
export class FrameLink {
  readonly frame = document.createElement("iframe");
  private readonly channel = new MessageChannel();
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private calls = 0;
  private failure: ClientError | null = null;
  private markReady: () => void = () => undefined;
  private readonly ready = new Promise<void>((resolve) => {
    this.markReady = resolve;
  });
  private readonly timer: ReturnType<typeof setTimeout>;

  constructor(base: string, options: FrameOptions, onMessage: (message: FrameMessage) => void) {
    const { frame } = this;
    // The name and title are those of Stripe's own frames, so that page objects written for one find the other.
    frame.name = `__privateStripeFrame${1000 + ++sequence}`;
    frame.title = "Secure payment input frame";
    frame.allow = "payment *";
    frame.src = `${base}/elements/payment`;
    // A frame whose colour scheme differs from its document is painted opaque white: "light" on both keeps it transparent.
    Object.assign(frame.style, {
      border: "0",
      width: "calc(100% + 8px)",
      height: "220px",
      margin: "-4px",
      maxWidth: "none",
      display: "block",
      colorScheme: "light",
    });

    this.channel.port1.onmessage = ({ data }: MessageEvent<FrameMessage>) => this.receive(data, onMessage);
    frame.addEventListener(
      "load",
      () => frame.contentWindow?.postMessage({ standin: "hello", options } satisfies Hello, base, [this.channel.port2]),
      { once: true },
    );
    this.timer = setTimeout(() => {
      this.failure = { type: "api_connection_error", message: NOT_LOADED };
      this.markReady();
      onMessage({ kind: "loaderror", error: this.failure });
    }, READY_WITHIN_MS);
  }

  private receive(message: FrameMessage, onMessage: (message: FrameMessage) => void): void {
    if (message.kind === "result") {
      this.waiting.get(message.call)?.(message.outcome);
      this.waiting.delete(message.call);
      return;
    }
    if (message.kind === "height") this.frame.style.height = `${message.px}px`;
    if (message.kind === "ready" || message.kind === "loaderror") {
      clearTimeout(this.timer);
      this.failure = message.kind === "loaderror" ? message.error : null;
      this.markReady();
    }
    onMessage(message);
  }

  /** Sends a command once the frame is ready and resolves with its outcome. */
  async send(request: Command): Promise<Outcome> {
    await this.ready;
    if (this.failure) return { error: this.failure };
    const call = ++this.calls;
    return new Promise((resolve) => {
      this.waiting.set(call, resolve);
      this.channel.port1.postMessage({ call, request } satisfies Call);
    });
  }

  remove(): void {
    clearTimeout(this.timer);
    this.failure = { type: "api_error", message: "The payment form was removed from the page." };
    this.markReady();
    for (const resolve of this.waiting.values()) resolve({ error: this.failure });
    this.channel.port1.close();
    this.frame.remove();
  }
}
