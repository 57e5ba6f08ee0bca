import "./contract.db.test";
import { useFront } from "./testing";

// The same tests, through the server of production.
useFront();
