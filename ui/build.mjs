/* Builds what the pages of the practice load: one stylesheet, one script, the fonts with their
   licence. Scripts and styles lie there packed as well (gzip, and Brotli for TLS), for slow lines; pages
   themselves never go packed, since a secret beside words of somebody else would show in their length.
   `.ready` is written last, so that a build which broke half-way is never taken for one. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const statics = join(here, "../src/stillroom/desk/static/desk");
const built = join(statics, "built");
const fonts = join(statics, "fonts");

const families = {
  "source-serif-4": ["latin-opsz", "latin-ext-opsz"],
  "source-sans-3": ["latin-wght", "latin-ext-wght"],
};

const options = {
  absWorkingDir: here,
  /* Each call and the client's door have small files of their own. */
  entryPoints: [
    "src/call/call.ts",
    "src/call/framesworker.ts",
    "src/call/meshcall.ts",
    "src/call/room.ts",
    "src/call/together.ts",
    "src/desk.ts",
    "src/portal/portal.ts",
    "styles/desk.css",
    "styles/guide.css",
    "styles/portal.css",
  ],
  entryNames: "[name]",
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  supported: { nesting: true },
  external: ["../fonts/*"],
  legalComments: "none",
  logLevel: "warning",
  /* Nothing is stored in the browser and nothing is evaluated. htmx would write the path of each
     page into sessionStorage, even with its history off; here it finds neither store nor eval. */
  define: { sessionStorage: "undefined", localStorage: "undefined", eval: "undefined" },
};

async function copyFonts() {
  await rm(fonts, { recursive: true, force: true });
  await mkdir(fonts, { recursive: true });
  for (const [family, subsets] of Object.entries(families)) {
    const from = join(here, "node_modules/@fontsource-variable", family);
    await cp(join(from, "LICENSE"), join(fonts, `${family}-LICENSE`));
    for (const subset of subsets) {
      for (const slant of ["normal", "italic"]) {
        const file = `${family}-${subset}-${slant}.woff2`;
        await cp(join(from, "files", file), join(fonts, file));
      }
    }
  }
}

async function pack() {
  for (const name of await readdir(built)) {
    if (!/\.(css|js|svg)$/.test(name)) continue;
    const whole = await readFile(join(built, name));
    await writeFile(join(built, `${name}.gz`), gzipSync(whole, { level: 9 }));
    await writeFile(join(built, `${name}.br`), brotliCompressSync(whole));
  }
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await copyFonts();
await cp(join(here, "icon.svg"), join(built, "icon.svg"));
await cp(join(here, "node_modules/htmx.org/LICENSE"), join(built, "htmx-LICENSE"));

if (process.argv.includes("--watch")) {
  const watching = await context({ ...options, minify: false });
  await watching.watch();
  console.log("Watching src and styles.");
} else {
  await build(options);
  await pack();
}
await writeFile(join(built, ".ready"), "");
