import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

test("x", () => expect(1).toBe(1));
