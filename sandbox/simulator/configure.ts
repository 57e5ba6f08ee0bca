import { configure } from "../testing/configuration";

/** The configuration of a simulated product, set before any module reads one. */
configure({
  NEXTAUTH_SECRET: "a-secret-for-simulations-0123456789abcdef",
  STRIPE_SECRET_KEY: "sk_test_standin_simulator",
  STRIPE_PUBLISHABLE_KEY: "pk_test_standin_simulator",
  STRIPE_WEBHOOK_SECRET: "whsec_simulator",
});
