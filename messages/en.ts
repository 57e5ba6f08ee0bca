import activity from "./en/activity.json" with { type: "json" };
import attention from "./en/attention.json" with { type: "json" };
import balance from "./en/balance.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import confirmBanner from "./en/confirmBanner.json" with { type: "json" };
import dashboard from "./en/dashboard.json" with { type: "json" };
import diagnostics from "./en/diagnostics.json" with { type: "json" };
import docs from "./en/docs.json" with { type: "json" };
import documents from "./en/documents.json" with { type: "json" };
import dunning from "./en/dunning.json" with { type: "json" };
import emails from "./en/emails.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import failure from "./en/failure.json" with { type: "json" };
import finish from "./en/finish.json" with { type: "json" };
import history from "./en/history.json" with { type: "json" };
import invitation from "./en/invitation.json" with { type: "json" };
import invoices from "./en/invoices.json" with { type: "json" };
import links from "./en/links.json" with { type: "json" };
import metrics from "./en/metrics.json" with { type: "json" };
import nav from "./en/nav.json" with { type: "json" };
import newOrganisation from "./en/newOrganisation.json" with { type: "json" };
import notFound from "./en/notFound.json" with { type: "json" };
import notices from "./en/notices.json" with { type: "json" };
import operator from "./en/operator.json" with { type: "json" };
import operatorReports from "./en/operatorReports.json" with { type: "json" };
import operatorTenant from "./en/operatorTenant.json" with { type: "json" };
import passwords from "./en/passwords.json" with { type: "json" };
import paymentMethods from "./en/paymentMethods.json" with { type: "json" };
import plans from "./en/plans.json" with { type: "json" };
import preferences from "./en/preferences.json" with { type: "json" };
import recharge from "./en/recharge.json" with { type: "json" };
import reconciliation from "./en/reconciliation.json" with { type: "json" };
import reports from "./en/reports.json" with { type: "json" };
import runway from "./en/runway.json" with { type: "json" };
import sandbox from "./en/sandbox.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import signIn from "./en/signIn.json" with { type: "json" };
import signUp from "./en/signUp.json" with { type: "json" };
import stripeForm from "./en/stripeForm.json" with { type: "json" };
import subscription from "./en/subscription.json" with { type: "json" };
import topUp from "./en/topUp.json" with { type: "json" };
import transactions from "./en/transactions.json" with { type: "json" };
import usage from "./en/usage.json" with { type: "json" };

/** All texts in English, one file for each part of the app. */
export const en = {
  activity,
  attention,
  balance,
  common,
  confirmBanner,
  dashboard,
  diagnostics,
  docs,
  documents,
  dunning,
  emails,
  errors,
  failure,
  finish,
  history,
  invitation,
  invoices,
  links,
  metrics,
  nav,
  newOrganisation,
  notFound,
  notices,
  operator,
  operatorReports,
  operatorTenant,
  passwords,
  paymentMethods,
  plans,
  preferences,
  recharge,
  reconciliation,
  reports,
  runway,
  sandbox,
  settings,
  signIn,
  signUp,
  stripeForm,
  subscription,
  topUp,
  transactions,
  usage,
};
