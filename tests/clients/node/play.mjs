// Plays the scenario with the AWS SDK for JavaScript: node play.mjs scenario.json http://127.0.0.1:5000
//
// Prints the sentence of each step that came out, and ends with an error at the first that did not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as sdk from "@aws-sdk/client-connect";

const AT_MOST = 300; // seconds that a timestamp of now may be away from now

const [path, endpoint] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(path, "utf8"));
const client = new sdk.ConnectClient({ endpoint });
const known = Object.fromEntries(
  Object.entries(scenario.given).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
);

function filled(value) {
  if (typeof value === "string") return value.startsWith("$") ? known[value.slice(1)] : value;
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each)]));
}

const at = (value, path) => path.split(".").reduce((found, step) => found?.[step], value);

const call = (step) => client.send(new sdk[`${step.call}Command`](filled(step.with)));

async function allPages(step) {
  const paginate = sdk[`paginate${step.call}`];
  const lists = Object.fromEntries(Object.keys(step.counts).map((list) => [list, []]));
  for await (const page of paginate({ client, pageSize: step.pages_of }, filled(step.with))) {
    for (const list of Object.keys(lists)) {
      assert.ok(page[list].length <= step.pages_of);
      lists[list].push(...page[list]);
    }
  }
  return lists;
}

async function refused(step) {
  await assert.rejects(call(step), (error) => {
    assert.equal(error.name, step.refused);
    assert.ok(error instanceof sdk[step.refused]);
    assert.ok(error instanceof sdk.ConnectServiceException);
    return true;
  });
}

function check(step, answer) {
  for (const [path, expected] of Object.entries(filled(step.answers ?? {}))) {
    assert.deepEqual(at(answer, path), expected, path);
  }
  for (const path of step.times ?? []) {
    const time = at(answer, path);
    assert.ok(time instanceof Date, `${path} is no Date`);
    assert.ok(Math.abs(time - Date.now()) < AT_MOST * 1000, `${path} is ${time}`);
  }
  for (const [path, count] of Object.entries(step.counts ?? {})) {
    assert.equal(at(answer, path).length, count, path);
  }
}

for (const step of scenario.steps) {
  try {
    if (step.refused) {
      await refused(step);
    } else {
      const answer = step.pages_of ? await allPages(step) : await call(step);
      check(step, answer);
      for (const [name, path] of Object.entries(step.keep ?? {})) known[name] = at(answer, path);
    }
  } catch (problem) {
    console.error(`${step.call}: that ${step.that}: ${problem.stack}`);
    process.exit(1);
  }
  console.log(step.that);
}
