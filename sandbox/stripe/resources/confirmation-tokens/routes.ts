import { route } from "../../http/route";
import { browserTokenParameters, createToken, existingToken, tokenParameters } from "./tokens";

export const confirmationTokenRoutes = [
  route("POST /v1/confirmation_tokens", {
    parameters: browserTokenParameters,
    publishable: true,
    handle: createToken,
  }),
  route("POST /v1/test_helpers/confirmation_tokens", { parameters: tokenParameters, handle: createToken }),
  route("GET /v1/confirmation_tokens/:id", {
    publishable: true,
    handle: (account, _, call) => existingToken(account, call.path.id ?? ""),
  }),
];
