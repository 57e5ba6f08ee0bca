import type { BrowserRoute } from "../browser-api";
import { script } from "./answers";
import { frameScript, stripeScript } from "./bundle";
import { customerSession } from "./customer-session";
import { creditNoteDownload } from "./invoice/credit-note";
import { invoiceDownload } from "./invoice/pdf";
import { bankAccount } from "./pages/bank-account";
import { CHALLENGED_SCRIPT, challenge } from "./pages/challenge";
import { microdeposits } from "./pages/microdeposits";
import { paymentFrame } from "./pages/payment-frame";
import { portal } from "./portal/portal";

/** Scripts, frames and hosted pages of the stand-in, by address. */
export const browserRoutes: BrowserRoute = async (request, stripe) => {
  const { pathname } = request.url;
  switch (pathname) {
    case "/js/endive/stripe.js":
      return script(await stripeScript(request.publicUrl));
    case "/js/endive/payment-frame.js":
      return script(await frameScript());
    case "/js/endive/challenged.js":
      return script(CHALLENGED_SCRIPT);
    case "/elements/payment":
      return paymentFrame();
    case "/elements/session":
    case "/elements/session/remove":
      return customerSession(request, stripe);
    default:
  }
  if (/^\/bank-account\/[\w-]+$/.test(pathname)) return bankAccount(request, stripe);
  if (/^\/challenge\/[\w-]+$/.test(pathname)) return challenge(request, stripe);
  if (/^\/microdeposits\/[\w-]+$/.test(pathname)) return microdeposits(request, stripe);
  const document = /^\/i\/(\w+)\/pdf$/.exec(pathname);
  if (document?.[1]) return invoiceDownload(request, stripe, document[1]);
  const creditNote = /^\/credit_notes\/(\w+)\/pdf$/.exec(pathname);
  if (creditNote?.[1]) return creditNoteDownload(request, stripe, creditNote[1]);
  const session = /^\/p\/session\/([\w-]+)(?:\/([\w/]*))?$/.exec(pathname);
  return session?.[1] ? portal(request, stripe, session[1], session[2] ?? "") : null;
};
