import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";
import { seed } from "@/db/seed";
import { DEMO_PASSWORD } from "@/db/seed/characters";
import { useTestDatabase } from "@/db/testing";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { endSession, readSession } from "./sessions";
import { clientAddress, signIn } from "./sign-in";

const { url, sql } = useTestDatabase();
beforeAll(() => seed(url));

const attempt = (email: string, password: string, address = "192.0.2.1") =>
  signIn({ email, password, address, userAgent: "test" });
const cookieOf = (sid: string) => encode({ token: { sid }, secret: env().NEXTAUTH_SECRET });

describe("signing in", () => {
  test("starts a session that its cookie stands for, until it is ended", async () => {
    const { user, sessionId } = await attempt(" Olivia@ACME.test ", DEMO_PASSWORD);
    expect(user).toMatchObject({ email: "olivia@acme.test", isOperator: false });
    const cookie = await cookieOf(sessionId);
    expect((await readSession(cookie))?.user.email).toBe("olivia@acme.test");
    await endSession(sessionId);
    expect(await readSession(cookie)).toBeNull();
  });

  test("does not tell an unknown address from a wrong password", async () => {
    const refusal = { code: "unauthenticated", detail: "The e-mail or the password is wrong" };
    await expect(attempt("adam@acme.test", "wrong")).rejects.toMatchObject(refusal);
    await expect(attempt("nobody@acme.test", "wrong")).rejects.toMatchObject(refusal);
  });

  test("locks an address book entry after five failures, even for the right password and from elsewhere", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => attempt("gus@globex.test", "wrong")));
    const codes = tries.map((t) => (t.status === "rejected" ? t.reason.code : "signed in"));
    expect(codes.filter((c) => c === "unauthenticated")).toHaveLength(5);
    expect(codes.filter((c) => c === "rate_limited")).toHaveLength(3);
    await expect(attempt("gus@globex.test", DEMO_PASSWORD, "192.0.2.99")).rejects.toMatchObject({
      code: "rate_limited",
    });
    await sql`update rate_limits set expire = 0 where key like 'sign-in-email:gus%'`;
    await expect(attempt("gus@globex.test", DEMO_PASSWORD)).resolves.toMatchObject({
      user: { email: "gus@globex.test" },
    });
  });

  test("slows one network address that tries many people", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 55 }, (_, i) => attempt(`p${i}@acme.test`, "x", "198.51.100.7")),
    );
    expect(tries.filter((t) => t.status === "rejected" && t.reason.code === "rate_limited")).toHaveLength(5);
  });

  test("cookies that are forged, foreign or name no session are nobody", async () => {
    expect(await readSession(undefined)).toBeNull();
    expect(await readSession("rubbish")).toBeNull();
    expect(await readSession(await cookieOf(newId()))).toBeNull();
    expect(
      await readSession(await encode({ token: { sid: newId() }, secret: "another secret of thirty-two letters" })),
    ).toBeNull();
  });
});

test("the address is the last hop, not what the client claims", () => {
  expect(clientAddress(new Headers({ "x-forwarded-for": "6.6.6.6, 203.0.113.5" }))).toBe("203.0.113.5");
  expect(clientAddress(new Headers())).toBe("unknown");
});
