import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf } from "../../state/ids";
import { schedule } from "../../time/work";
import { resolveCustomer } from "../payment-methods/attach";
import type { CheckoutBook } from "./book";
import { type Figures, figureLines } from "./totals";

type Session = Stripe.Checkout.Session;

/** @throws StripeFailure 404 */
export function resolveSession(account: Account, id: string): Session {
  const session = account.tables.checkoutSessions.get(id);
  if (!session) throw resourceMissing("checkout.session", id, "session");
  return session;
}

export function checkoutBook(account: Account, id: string): CheckoutBook {
  const book = account.tables.checkoutBooks.get(id);
  if (!book) throw new Error(`checkout session ${id} has no book`);
  return book;
}

export function customerOfSession(account: Account, session: Session): Stripe.Customer | null {
  const id = idOf(session.customer);
  return id ? resolveCustomer(account, id) : null;
}

/** The lines of a session as they cost now. Call within a transaction. */
export function figuresOf(account: Account, session: Session): Figures {
  return figureLines(account, checkoutBook(account, session.id), customerOfSession(account, session));
}

/** Nothing about a session changes after it is over. @throws StripeFailure 400 */
export function checkOpen(session: Session, todo: string): void {
  if (session.status === "open") return;
  throw invalidRequest(
    `Only Checkout Sessions with a status in ["open"] can be ${todo}. This Checkout Session has a status of \`${session.status}\`.`,
    { param: "session" },
  );
}

/** Stores a new session, which expires by itself. */
export function openSession(account: Account, session: Session, book: CheckoutBook): Session {
  account.tables.checkoutBooks.put(book);
  schedule(account, "checkout_session_expires", session.id, session.expires_at * 1000);
  return account.tables.checkoutSessions.put(session);
}

/**
 * Changes what is bought: quantities, or a promotion code.
 * @throws StripeFailure 400 once a payment was tried, or when a discount cannot be redeemed
 */
export function changeBook(account: Account, session: Session, change: Partial<CheckoutBook>): Session {
  checkOpen(session, "changed");
  const book = checkoutBook(account, session.id);
  if (book.subscription || idOf(session.invoice))
    throw invalidRequest("This Checkout Session cannot be changed any more: its payment was tried already.");
  const changed = account.tables.checkoutBooks.put({ ...book, ...change });
  const figures = figureLines(account, changed, customerOfSession(account, session));
  return account.tables.checkoutSessions.put({
    ...session,
    amount_subtotal: figures.subtotal,
    amount_total: figures.total,
    discounts: changed.discounts.map(({ coupon, promotion_code }) => ({
      coupon: coupon ?? null,
      promotion_code: promotion_code ?? null,
    })),
    payment_status: figures.total === 0 ? "no_payment_required" : "unpaid",
    total_details: { amount_discount: figures.discount, amount_shipping: 0, amount_tax: figures.tax },
  });
}
