import { route } from "../../http/route";
import { readBalance } from "./balance";

export const balanceRoutes = [route("GET /v1/balance", { handle: (account) => readBalance(account) })];
