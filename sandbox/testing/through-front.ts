import { throughFront } from "@/lib/http/testing";

// The tests of a file that runs with this go through the server of production instead of the route files.
throughFront();
