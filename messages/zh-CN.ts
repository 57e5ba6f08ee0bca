import activity from "./zh-CN/activity.json" with { type: "json" };
import attention from "./zh-CN/attention.json" with { type: "json" };
import balance from "./zh-CN/balance.json" with { type: "json" };
import common from "./zh-CN/common.json" with { type: "json" };
import confirmBanner from "./zh-CN/confirmBanner.json" with { type: "json" };
import dashboard from "./zh-CN/dashboard.json" with { type: "json" };
import diagnostics from "./zh-CN/diagnostics.json" with { type: "json" };
import docs from "./zh-CN/docs.json" with { type: "json" };
import documents from "./zh-CN/documents.json" with { type: "json" };
import dunning from "./zh-CN/dunning.json" with { type: "json" };
import emails from "./zh-CN/emails.json" with { type: "json" };
import errors from "./zh-CN/errors.json" with { type: "json" };
import failure from "./zh-CN/failure.json" with { type: "json" };
import finish from "./zh-CN/finish.json" with { type: "json" };
import history from "./zh-CN/history.json" with { type: "json" };
import invitation from "./zh-CN/invitation.json" with { type: "json" };
import invoices from "./zh-CN/invoices.json" with { type: "json" };
import links from "./zh-CN/links.json" with { type: "json" };
import metrics from "./zh-CN/metrics.json" with { type: "json" };
import nav from "./zh-CN/nav.json" with { type: "json" };
import newOrganisation from "./zh-CN/newOrganisation.json" with { type: "json" };
import notFound from "./zh-CN/notFound.json" with { type: "json" };
import notices from "./zh-CN/notices.json" with { type: "json" };
import operator from "./zh-CN/operator.json" with { type: "json" };
import operatorReports from "./zh-CN/operatorReports.json" with { type: "json" };
import operatorTenant from "./zh-CN/operatorTenant.json" with { type: "json" };
import passwords from "./zh-CN/passwords.json" with { type: "json" };
import paymentMethods from "./zh-CN/paymentMethods.json" with { type: "json" };
import plans from "./zh-CN/plans.json" with { type: "json" };
import preferences from "./zh-CN/preferences.json" with { type: "json" };
import recharge from "./zh-CN/recharge.json" with { type: "json" };
import reconciliation from "./zh-CN/reconciliation.json" with { type: "json" };
import reports from "./zh-CN/reports.json" with { type: "json" };
import runway from "./zh-CN/runway.json" with { type: "json" };
import sandbox from "./zh-CN/sandbox.json" with { type: "json" };
import settings from "./zh-CN/settings.json" with { type: "json" };
import signIn from "./zh-CN/signIn.json" with { type: "json" };
import signUp from "./zh-CN/signUp.json" with { type: "json" };
import stripeForm from "./zh-CN/stripeForm.json" with { type: "json" };
import subscription from "./zh-CN/subscription.json" with { type: "json" };
import topUp from "./zh-CN/topUp.json" with { type: "json" };
import transactions from "./zh-CN/transactions.json" with { type: "json" };
import usage from "./zh-CN/usage.json" with { type: "json" };

/** All texts in Chinese, one file for each part of the app. */
export const zhCN = {
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
