import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { branding, notifications, receipts, users } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { newId, type UserId } from "@/lib/ids";
import { creditInvoice } from "@/lib/invoices/credit";
import { createDraft } from "@/lib/invoices/drafts";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { getInvoice } from "@/lib/invoices/queries";
import { sendInvoice } from "@/lib/invoices/send";
import { toMinor } from "@/lib/money/minor";
import { deliverUnsent } from "@/lib/notifications/deliver";
import { topUp } from "@/lib/recharge/top-up";
import { addMember } from "@/lib/tenants/commands";
import { getTransaction, listTransactions } from "@/lib/transactions/queries";
import { refundTransaction } from "@/lib/transactions/refund";
import { type RunningMail, startMail } from "@/sandbox/mail/server";
import type { Mail } from "@/sandbox/mail/store";
import type { Customer } from "@/sandbox/testing/customer";
import { useWorld } from "@/sandbox/testing/world";
import { creditNoteFile, invoiceFile, receiptFile } from "./files";
import { readPdf } from "./testing";

useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-mail-"));
let mail: RunningMail;
beforeAll(async () => {
  mail = await startMail({ dataDir: folder, smtpPort: 0, httpPort: 0 });
  // biome-ignore lint/style/noProcessEnv: the configuration is read at first use, after this
  process.env.SMTP_URL = mail.smtpUrl;
});
const world = useWorld();
afterAll(async () => {
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

async function customer(): Promise<Customer & { email: string }> {
  const one = await world.customer(0);
  await one.card("pm_card_visa");
  const email = `${newId()}@acme.test`;
  await systemDb().transaction(async (tx) => {
    const userId = newId<UserId>();
    await tx.insert(users).values({ userId, email, name: "Olivia", locale: "en", createdAt: now() });
    await addMember(tx, one.tenantId, userId, "owner");
    await tx.insert(branding).values({
      tenantId: one.tenantId,
      legalName: "Acme Robotics Inc.",
      taxId: "12-3456789",
      footer: "Made in New York.",
      updatedAt: now(),
    });
  });
  return Object.assign(one, { email });
}
const topUpOf = (one: Customer) => topUp(one.scope, { amountMinor: toMinor(65_000), requestKey: newId() });

async function mailOf(email: string, subject: RegExp) {
  await deliverUnsent(1_000);
  const mails = (await (await fetch(`${mail.url}/api/messages?to=${email}`)).json()) as Mail[];
  const found = mails.find((each) => subject.test(each.subject));
  if (!found) throw new Error(`no mail ${subject} among ${mails.map((each) => each.subject).join(", ")}`);
  const files = await Promise.all(
    found.attachments.map(async (_, place) => {
      const answer = await fetch(`${mail.url}/messages/${found.id}/attachments/${place}`);
      return Buffer.from(await answer.arrayBuffer());
    }),
  );
  return { ...found, files };
}

test("a top-up's receipt is the mail's attachment, says the ledger's numbers, and knows of its refund", async () => {
  const acme = await customer();
  const attempt = await topUpOf(acme);
  const { name, content } = await receiptFile(acme.scope, attempt.attemptId);
  expect(name).toBe("receipt-R-000001.pdf");
  const { text } = await readPdf(content);
  for (const part of [
    "Acme Robotics Inc.",
    "Tax ID 12-3456789",
    "Made in New York.",
    "Prepaid balance top-up 1 $650.00 $650.00",
    "Processing fee 1 $18.85 $18.85",
    "Total (USD) $668.85",
    "Balance afterwards $650.00",
    "Visa •••• 4242",
    attempt.stripePaymentIntentId ?? "",
  ])
    expect(text).toContain(part);

  const sent = await mailOf(acme.email, /^Receipt/);
  expect(sent.attachments).toMatchObject([{ name: "receipt-R-000001.pdf", type: "application/pdf" }]);
  expect(sent.text).toContain("The document is attached as receipt-R-000001.pdf.");
  expect((await readPdf(sent.files[0] ?? Buffer.alloc(0))).text).toBe(text);

  const [payment] = (await listTransactions(acme.scope, { type: ["payment"] }, { limit: 1, cursor: null })).data;
  await refundTransaction(acme.scope, payment?.transactionId ?? "", {
    amountMinor: toMinor(10_290),
    reason: null,
    requestKey: newId(),
  });
  await world.drain();
  expect((await getTransaction(acme.scope, payment?.transactionId ?? "")).refunds).toMatchObject([
    { state: "succeeded" },
  ]);
  const after = await readPdf((await receiptFile(acme.scope, attempt.attemptId)).content);
  expect(after.text).toMatch(/Refund -\$102\.90/);
});

test("when the document cannot be made, the mail goes and says where it is", async () => {
  const acme = await customer();
  const attempt = await topUpOf(acme);
  await systemDb().delete(receipts).where(eq(receipts.tenantId, acme.tenantId));
  const sent = await mailOf(acme.email, /^Receipt/);
  expect(sent.attachments).toEqual([]);
  expect(sent.text).toContain(`http://localhost:3010/api/v1/billing/balance/recharges/${attempt.attemptId}/receipt`);
  const [notice] = await systemDb().select().from(notifications).where(eq(notifications.tenantId, acme.tenantId));
  expect(notice?.sentAt).not.toBeNull();
});

test("an invoice by hand: draft, sent with its PDF, paid, credited", async () => {
  const acme = await customer();
  const lines = [
    { description: "Onboarding", quantity: "2", unitMinor: toMinor(15_000) },
    { description: "Messages", quantity: "2.5", unitMinor: toMinor(333) },
  ];
  const draft = await createDraft(acme.scope, { lines, dueAt: null, memo: "PO 4711" }, newId());
  const first = await invoiceFile(acme.scope, draft.invoiceId);
  expect(first.name).toBe("invoice-draft.pdf");
  expect((await readPdf(first.content)).text).toContain("DRAFT");

  await finalizeInvoice(acme.tenantId, draft.invoiceId);
  await world.drain();
  await sendInvoice(acme.scope, draft.invoiceId, newId());
  const sent = await mailOf(acme.email, /INV-000001/);
  expect(sent.attachments).toMatchObject([{ name: "invoice-INV-000001.pdf" }]);
  const open = await readPdf(sent.files[0] ?? Buffer.alloc(0));
  const { hostedUrl } = await getInvoice(acme.scope, draft.invoiceId);
  expect(open.text).toContain("Onboarding 2 $150.00 $300.00");
  expect(open.text).toContain("Messages 2.5 $3.33 $8.33");
  expect(open.text).toContain("Amount due (USD) $308.33");
  expect(open.text).toContain("PO 4711");
  expect(open.pages[0]?.links).toContain(hostedUrl);

  await payByCustomer(acme.scope, draft.invoiceId, { paymentMethodId: null, requestKey: newId() });
  await world.drain();
  const note = await creditInvoice(acme.scope, draft.invoiceId, {
    amountMinor: toMinor(5_000),
    reason: "Outage",
    requestKey: newId(),
  });
  await world.drain();
  const paid = await readPdf((await invoiceFile(acme.scope, draft.invoiceId)).content);
  expect(paid.text).toContain("PAID");
  expect(paid.text).toContain("Payment, Visa •••• 4242 $308.33");
  expect(paid.text).toContain("Refund, credit note CN-000001 -$50.00");
  expect(paid.text).toContain("Amount due (USD) $0.00");
  expect(paid.pages[0]?.links).toEqual([]);

  const file = await creditNoteFile(acme.scope, note.creditNoteId);
  expect(file.name).toBe("credit-note-CN-000001.pdf");
  const credited = await readPdf(file.content);
  expect(credited.text).toContain("Credit on invoice INV-000001: Outage 1 $50.00 $50.00");
});

test("nobody reads another tenant's documents", async () => {
  const [acme, globex] = [await customer(), await customer()];
  const attempt = await topUpOf(acme);
  const draft = await createDraft(
    acme.scope,
    { lines: [{ description: "x", quantity: "1", unitMinor: toMinor(100) }], dueAt: null, memo: null },
    null,
  );
  await expect(receiptFile(globex.scope, attempt.attemptId)).rejects.toMatchObject({ code: "not_found" });
  await expect(invoiceFile(globex.scope, draft.invoiceId)).rejects.toMatchObject({ code: "not_found" });
  await expect(creditNoteFile(globex.scope, draft.invoiceId)).rejects.toMatchObject({ code: "not_found" });
  await expect(receiptFile(acme.scope, "nonsense")).rejects.toMatchObject({ code: "not_found" });
});
