import type { BrowserRoute } from "../browser-api";
import { script } from "./answers";
import { frameScript, stripeScript } from "./bundle";
import { checkout } from "./checkout/checkout";
import { customerSession } from "./customer-session";
import { creditNoteDownload } from "./invoice/credit-note";
import { hostedInvoice } from "./invoice/page";
import { invoiceDownload } from "./invoice/pdf";
import { receipt } from "./invoice/receipt";
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
  const hosted = /^\/i\/(\w+)(?:\/(return))?$/.exec(pathname);
  if (hosted?.[1]) return hostedInvoice(request, stripe, hosted[1], hosted[2] ?? "");
  const paid = /^\/receipts\/(\w+)$/.exec(pathname);
  if (paid?.[1]) return receipt(request, stripe, paid[1]);
  const paying = /^\/c\/pay\/(\w+)(?:\/(\w+))?$/.exec(pathname);
  if (paying?.[1]) return checkout(request, stripe, paying[1], paying[2] ?? "");
  const creditNote = /^\/credit_notes\/(\w+)\/pdf$/.exec(pathname);
  if (creditNote?.[1]) return creditNoteDownload(request, stripe, creditNote[1]);
  const session = /^\/p\/session\/([\w-]+)(?:\/([\w/]*))?$/.exec(pathname);
  return session?.[1] ? portal(request, stripe, session[1], session[2] ?? "") : null;
};
