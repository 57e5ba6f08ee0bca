import { createHash, randomBytes } from "node:crypto";

/** The secret of a link: 256 bits, so that its plain SHA-256 can be stored and looked up. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is stored of a secret. */
export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");
