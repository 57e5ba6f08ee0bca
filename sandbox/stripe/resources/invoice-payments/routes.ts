import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";

export const invoicePaymentRoutes = [
  route("GET /v1/invoice_payments/:id", {
    handle(account, _, call) {
      const payment = account.tables.invoicePayments.get(call.path.id ?? "");
      if (!payment) throw resourceMissing("invoice_payment", call.path.id ?? "", "invoice_payment");
      return payment;
    },
  }),
  route("GET /v1/invoice_payments", {
    parameters: {
      ...pagination,
      created,
      invoice: text.optional(),
      payment: strict({
        payment_intent: text.optional(),
        payment_record: text.optional(),
        type: oneOf("payment_intent", "payment_record"),
      }).optional(),
      status: oneOf("canceled", "open", "paid").optional(),
    },
    handle(account, given) {
      const { payment } = given;
      if (payment && !payment[payment.type])
        throw invalidRequest(`Missing required param: payment[${payment.type}].`, {
          code: "parameter_missing",
          param: `payment[${payment.type}]`,
        });
      const paidFor =
        payment?.payment_intent && (account.tables.invoiceIntents.get(payment.payment_intent)?.invoice ?? null);
      return pageOf(
        account.tables.invoicePayments.whose("invoice", given.invoice ?? paidFor),
        given,
        "/v1/invoice_payments",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.status || row.status === given.status) &&
          (!payment || row.payment[payment.type] === payment[payment.type]),
      );
    },
  }),
];
