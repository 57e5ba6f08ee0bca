import type Stripe from "stripe";
import type { Account } from "../account";
import { StripeFailure } from "../http/errors";
import { integers, text } from "../http/parameters";
import { instrumentOf } from "../instruments/instrument";
import { bankByNumber } from "../instruments/test-banks";
import type { Row } from "../state/table";
import { addBusinessDays } from "../time/business-days";
import { schedule } from "../time/work";

/** A bank account that waits for its two small deposits to be named; its id is the intent's. */
export interface Verification extends Row {
  method: string;
  acceptance: Stripe.Mandate.CustomerAcceptance;
  attemptsLeft: number;
}

/** What the customer read on the statement. */
export interface Proof {
  amounts?: number[] | undefined;
  descriptor_code?: string | undefined;
}

export const proofMembers = { amounts: integers.optional(), descriptor_code: text.optional() };

const ATTEMPTS = 10;
const EXPIRE_AFTER_MS = 10 * 86_400_000;
const PREFIX = "payment_method_microdeposit_verification";

/** Sends the deposits: they arrive in a business day and may be named for ten days. */
export function startVerification(
  account: Account,
  intent: { id: string; client_secret: string | null },
  method: string,
  acceptance: Stripe.Mandate.CustomerAcceptance,
) {
  account.tables.verifications.put({ id: intent.id, method, acceptance, attemptsLeft: ATTEMPTS });
  const arrivalMs = addBusinessDays(account.nowMs(), 1);
  const query = new URLSearchParams({ client_secret: intent.client_secret ?? "" });
  const neverArrive = bankByNumber(instrumentOf(account, method).number)?.microdepositsFail;
  if (neverArrive) schedule(account, "microdeposits_fail", intent.id, arrivalMs);
  else schedule(account, "microdeposits_expire", intent.id, account.nowMs() + EXPIRE_AFTER_MS);
  return {
    type: "verify_with_microdeposits",
    verify_with_microdeposits: {
      arrival_date: Math.floor(arrivalMs / 1000),
      hosted_verification_url: `${account.publicUrl}/microdeposits/${intent.id}?${query}`,
      microdeposit_type: "amounts",
    },
  };
}

export type Verdict = { verified: true } | { verified: false; final: boolean; failure: StripeFailure };

function wrong(code: string, message: string, final: boolean): Verdict {
  // Kept: a wrong guess uses up an attempt.
  return {
    verified: false,
    final,
    failure: new StripeFailure(400, { type: "invalid_request_error", code, message }, true),
  };
}

/**
 * Judges a proof by Stripe's test values: 32 and 45 or `SM11AA` are right, 10 and 11 or `SM33CC` use up all attempts, 40 and
 * 41 or `SM44DD` are too late.
 */
export function judge(account: Account, verification: Verification, proof: Proof): Verdict {
  const given = proof.descriptor_code ?? [...(proof.amounts ?? [])].sort((a, b) => a - b).join("+");
  if (given === "") return wrong("parameter_missing", "You must provide either amounts or descriptor_code.", false);
  if (given === "32+45" || given === "SM11AA") return { verified: true };
  if (given === "10+11" || given === "SM33CC" || verification.attemptsLeft <= 1) {
    return wrong(`${PREFIX}_attempts_exceeded`, "You have exceeded the number of allowed verification attempts.", true);
  }
  if (given === "40+41" || given === "SM44DD")
    return wrong(`${PREFIX}_timeout`, "The microdeposits have not been verified in time.", true);
  const left = verification.attemptsLeft - 1;
  account.tables.verifications.patch(verification.id, { attemptsLeft: left });
  if (proof.descriptor_code)
    return wrong(
      `${PREFIX}_descriptor_code_mismatch`,
      `The descriptor code provided does not match. You have ${left} attempts remaining.`,
      false,
    );
  return wrong(
    `${PREFIX}_amounts_mismatch`,
    `The amounts provided do not match the amounts that were sent to the bank account. You have ${left} attempts remaining.`,
    false,
  );
}
