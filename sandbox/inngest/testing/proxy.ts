import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire to PostgreSQL that can lose the answer to a commit: the transaction happens, and nobody is told. */
export class FaultyWire {
  #losses = 0;
  #sockets = new Set<Socket>();
  readonly #server = createServer((client) => this.#join(client));

  private constructor(private readonly target: URL) {}

  /** @param databaseUrl where PostgreSQL listens */
  static async open(databaseUrl: string): Promise<FaultyWire> {
    const wire = new FaultyWire(new URL(databaseUrl));
    await new Promise<void>((resolve) => wire.#server.listen(0, "127.0.0.1", resolve));
    return wire;
  }

  /** The database through this wire. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = "127.0.0.1";
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Answers to commits that are still to be lost. */
  get lossesToCome(): number {
    return this.#losses;
  }

  loseCommits(count: number): void {
    this.#losses = count;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: Socket): void {
    const server = connect(Number(this.target.port || 5432), this.target.hostname);
    client.on("data", (data) => server.write(data));
    server.on("data", (data) => {
      if (this.#losses > 0 && data.includes("COMMIT\0")) {
        this.#losses--;
        client.destroy();
      } else client.write(data);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
