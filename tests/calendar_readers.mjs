// Reads a JSON list of calendar texts from standard input and writes, for each library, what it found in each of them:
// [{"ical.js": [[uid, start, end], …] or {error}, "node-ical": …}, …], moments as milliseconds of the epoch.
// Its one argument is the folder in whose node_modules the libraries lie.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const load = createRequire(resolve(process.argv[2], "package.json"));
const module = load("ical.js");
const ICAL = module.default ?? module;
const nodeIcal = load("node-ical");

/** As Thunderbird and Nextcloud do: the file's own zones are the ones that count. */
function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [event.uid, event.startDate.toJSDate().getTime(), event.endDate.toJSDate().getTime()];
  });
}

function byNodeIcal(text) {
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((component) => component.type === "VEVENT")
    .map((event) => [event.uid, event.start.getTime(), event.end.getTime()]);
}

function tried(read, text) {
  try {
    return read(text);
  } catch (error) {
    return { error: String(error) };
  }
}

const texts = JSON.parse(readFileSync(0, "utf8"));
const found = texts.map((text) => ({ "ical.js": tried(byIcalJs, text), "node-ical": tried(byNodeIcal, text) }));
process.stdout.write(JSON.stringify(found));
